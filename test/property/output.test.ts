import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { makeProject, synthesize } from '../support/project.ts';

const runs = { numRuns: 30 };

function output(declaration: DeclarationData): Readonly<Record<string, string>> {
  const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
  const directory = makeProject({ 'federation.yaml': dump(declaration), ...Object.fromEntries(manifests) });
  return synthesize(join(directory, 'federation.yaml'));
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, child]) => [key, reversed(child)])
      .reverse(),
  );
}

function rows(table: string | undefined): readonly (readonly string[])[] {
  return (table ?? '')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'));
}

describe('the output', () => {
  test('is the same in two runs, and for any order of keys', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const first = output(declaration);
        expect(output(declaration)).toEqual(first);
        expect(output(reversed(declaration) as DeclarationData)).toEqual(first);
      }),
      runs,
    );
  });

  test('has each object once per cluster', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const objects = rows(output(declaration)['objects.tsv']).map(([cluster, , ...identity]) =>
          [cluster, ...identity].join('\t'),
        );
        expect(new Set(objects).size).toBe(objects.length);
      }),
      runs,
    );
  });

  test('changes no file of another member except the tables when a member is added', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const newcomer = newcomerTo(declaration);
        const before = output(declaration);
        const after = output({ ...declaration, clusters: [...declaration.clusters, newcomer] });
        const host = declaration.clusters[0]?.name;
        const ofMembers = Object.keys(before).filter((path) => path.includes('/') && !path.startsWith(`${host}/`));
        for (const path of ofMembers) expect(after[path], path).toBe(before[path]);
      }),
      runs,
    );
  });

  test('names only clusters of the federation in placements and overrides, and every one that is placed', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const known = declaration.clusters.map((cluster) =>
          'federationCluster' in cluster ? cluster.federationCluster : cluster.name,
        );
        for (const [path, content] of Object.entries(output(declaration)).filter(([file]) => file.includes('-fed'))) {
          for (const { spec } of loadAll(content) as {
            spec?: { placement: { clusters: { name: string }[] }; overrides?: { clusterName: string }[] };
          }[]) {
            const placed = spec?.placement.clusters.map(({ name }) => name) ?? [];
            expect(known, path).toEqual(expect.arrayContaining(placed));
            expect(placed, path).toEqual(
              expect.arrayContaining(spec?.overrides?.map(({ clusterName }) => clusterName) ?? []),
            );
          }
        }
      }),
      runs,
    );
  });

  test('creates every namespace before the objects in it', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const files = output(declaration);
        const objects = rows(files['objects.tsv']);
        const placed = federatedNamespaces(files, declaration);
        for (const [cluster, wave, group, kind, namespace] of objects) {
          if (namespace === '-' || group === 'networking.istio.io') continue;
          const plain = objects.some(
            ([c, w, , k, , name]) =>
              c === cluster && k === 'Namespace' && name === namespace && (w ?? '') < (wave ?? ''),
          );
          const federated = (placed.get(`${cluster}/${namespace}`) ?? '99') < (wave ?? '');
          expect(plain || federated, `${cluster} ${kind} in ${namespace}`).toBe(true);
        }
      }),
      runs,
    );
  });
});

const patchOf = ({ istio }: DeclarationData): readonly [from: string, to: string] => {
  const { version } = istio;
  const [major, minor, patch] = version.split('.');
  // Every minor of the generator has patches 0 to its newest one.
  return [version, `${major}.${minor}.${patch === '0' ? 1 : Number(patch) - 1}`];
};

test('another patch of Istio changes only version strings', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const [from, to] = patchOf(declaration);
      // The Sail operator has a closed list, without gaps in the range of the generator.
      const before = output(declaration);
      const after = output({ ...declaration, istio: { ...declaration.istio, version: to } });
      expect(Object.keys(after)).toEqual(Object.keys(before));
      const changed = Object.keys(before).filter((path) => after[path] !== before[path]);
      expect(changed.length).toBeGreaterThan(0);
      for (const path of changed.filter((one) => !/(inventory\.json|^checksums)$/.test(one))) {
        const lines = (after[path] ?? '').split('\n');
        const former = (before[path] ?? '').split('\n');
        expect(lines.map((line, index) => (line === former[index] ? line : line.replaceAll(to, from)))).toEqual(former);
      }
    }),
    runs,
  );
});

interface WrittenCluster {
  readonly name: string;
  readonly network: string;
  readonly federationCluster?: string;
  readonly gateway?: { readonly port: number };
}

// Another member, similar to the others. In a mesh of one network it joins that network: a second network would give
// every cluster a gateway.
function newcomerTo({ clusters, trust, istio }: DeclarationData): {
  readonly name: string;
  readonly role: string;
  readonly network: string;
} {
  const [first] = clusters as readonly WrittenCluster[];
  const networks = new Set(clusters.map(({ network }) => network));
  const isInjected = (istio as { topology?: string }).topology === 'primary-remote';
  return {
    name: 'zz-new',
    role: 'member',
    network: networks.size === 1 ? (first?.network ?? '') : 'network9',
    ...(first?.gateway === undefined ? {} : { gateway: { port: first.gateway.port } }),
    // The engine carries no annotations, but a remote without an istiod needs one.
    ...(isInjected && (trust as { cacerts: string }).cacerts === 'federated-secret'
      ? { controlPlane: { remoteOf: first?.name, injector: 'local' } }
      : {}),
  };
}

// The wave in which KubeFed creates a namespace in a cluster: maps `cluster/namespace` to the wave.
function federatedNamespaces(
  files: Readonly<Record<string, string>>,
  { clusters }: DeclarationData,
): ReadonlyMap<string, string> {
  const ours = new Map(
    (clusters as readonly WrittenCluster[]).map(({ name, federationCluster }) => [federationCluster ?? name, name]),
  );
  return new Map(
    Object.entries(files)
      .filter(([path]) => /\/(15-federated-trust|60-federation)\/namespaces\.yaml$/.test(path))
      .flatMap(([path, content]) =>
        (
          loadAll(content) as { metadata: { name: string }; spec: { placement: { clusters: { name: string }[] } } }[]
        ).flatMap(({ metadata, spec }) =>
          spec.placement.clusters.map(
            ({ name }) => [`${ours.get(name)}/${metadata.name}`, path.split('/')[1] ?? ''] as const,
          ),
        ),
      ),
  );
}
