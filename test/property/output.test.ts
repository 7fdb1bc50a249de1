import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/arbitrary-declaration.ts';
import { makeProject, synthesize } from '../support/project.ts';

const runs = { numRuns: 60 };

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

  test('changes no file of another member when a member is added, but for the tables', () => {
    fc.assert(
      fc.property(declarations, (declaration) => {
        const newcomer = {
          name: 'zz-new',
          role: 'member',
          network: 'network9',
          gateway: { port: gatewayPort(declaration) },
        };
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

  test('makes every namespace before what lies in it', () => {
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
          const federated = placed.has(`${cluster}/${namespace}`) && (wave ?? '') > '60-federation';
          expect(plain || federated, `${cluster} ${kind} in ${namespace}`).toBe(true);
        }
      }),
      runs,
    );
  });
});

function gatewayPort({ clusters }: DeclarationData): number {
  return (clusters[0] as unknown as { gateway: { port: number } }).gateway.port;
}

// Which namespaces KubeFed makes in which clusters, as `cluster/namespace`.
function federatedNamespaces(
  files: Readonly<Record<string, string>>,
  { clusters }: DeclarationData,
): ReadonlySet<string> {
  const ours = new Map(
    clusters.map((cluster) => [
      (cluster as { federationCluster?: string }).federationCluster ?? cluster.name,
      cluster.name,
    ]),
  );
  const documents = Object.entries(files)
    .filter(([path]) => path.endsWith('60-federation/namespaces.yaml'))
    .flatMap(
      ([, content]) =>
        loadAll(content) as { metadata: { name: string }; spec: { placement: { clusters: { name: string }[] } } }[],
    );
  return new Set(
    documents.flatMap(({ metadata, spec }) =>
      spec.placement.clusters.map(({ name }) => `${ours.get(name)}/${metadata.name}`),
    ),
  );
}
