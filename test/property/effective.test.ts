import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump, load, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { readTree } from '../support/files.ts';
import { type KarmadaDocument, propagatedBy } from '../support/output/karmada.ts';
import { makeProject, synthesize } from '../support/project.ts';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

const root = join(import.meta.dirname, '../..');

type Output = Readonly<Record<string, string>>;

function output(declaration: DeclarationData, federation: object): Output {
  const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
  const changed = { ...declaration, federation, trust: { cacerts: 'existing' } };
  const directory = makeProject({ 'federation.yaml': dump(changed), ...Object.fromEntries(manifests) });
  return synthesize(join(directory, 'federation.yaml'));
}

const managed = 'kubefed.io/managed';

function withoutManagedLabel(object: KubernetesObject): KubernetesObject {
  const { [managed]: _, ...labels } = object.metadata.labels ?? {};
  const { labels: __, ...metadata } = object.metadata;
  return { ...object, metadata: Object.keys(labels).length === 0 ? metadata : { ...metadata, labels } };
}

const documents = (text: string): readonly KubernetesObject[] => loadAll(text) as readonly KubernetesObject[];

// Delivery by KubeFed and delivery without any engine must create the same objects in the clusters.
test('KubeFed creates the objects of the plain rendering, with its own label', () => {
  const current = declarations.filter(({ istio: { version } }) => !version.startsWith('1.7.'));
  fc.assert(
    fc.property(current, (declaration) => {
      const effective = Object.entries(output(declaration, { engine: 'kubefed', version: '0.10.0' })).filter(
        ([path]) => path.startsWith('effective/') && !path.endsWith('/namespaces.yaml'),
      );
      const plain = output(declaration, { engine: 'plain' });
      for (const [path, content] of effective) {
        const [, cluster, file] = path.split('/');
        for (const object of documents(content)) expect(object.metadata.labels?.[managed], path).toBe('true');
        const rendered = plain[`${cluster}/70-workloads/${file}`];
        expect(documents(content).map(withoutManagedLabel), path).toEqual(documents(rendered ?? ''));
      }
      const federated = (declaration.workloads as readonly { name: string; delivery?: string }[]).filter(
        ({ delivery }) => delivery === 'federated',
      );
      const isOfFederated = (path: string): boolean =>
        federated.some(({ name }) => path.endsWith(`/70-workloads/${name}.yaml`));
      expect(effective).toHaveLength(Object.keys(plain).filter(isOfFederated).length);
    }),
    { numRuns: 30 },
  );
});

/** A copy of the objects in a fixed order, and without empty maps of metadata. */
function comparable(objects: readonly object[]): readonly object[] {
  const texts = (objects as readonly KubernetesObject[]).map(({ metadata, ...object }) => {
    const isSaid = ([, value]: [string, unknown]): boolean =>
      typeof value !== 'object' || Object.keys(value ?? {}).length > 0;
    return { ...object, metadata: Object.fromEntries(Object.entries(metadata).filter(isSaid)) };
  });
  return texts.sort((a, b) => (dump(a, { sortKeys: true }) < dump(b, { sortKeys: true }) ? -1 : 1));
}

const karmada = { engine: 'karmada', kubeContext: 'karmada-apiserver' };

function withoutKarmadasLabels(object: KubernetesObject): KubernetesObject {
  const labels = Object.entries(object.metadata.labels ?? {}).filter(([key]) => !/(^|\.)karmada\.io\//.test(key));
  return { ...object, metadata: { ...object.metadata, labels: Object.fromEntries(labels) } };
}

interface ClusterNames {
  readonly name: string;
  readonly federationCluster?: string;
}

/** The objects in a cluster that result from the files for Karmada, and the objects in the preview. */
function byKarmada(
  files: Output,
  { name: cluster, federationCluster = cluster }: ClusterNames,
): { readonly made: readonly object[]; readonly shown: readonly object[] } {
  const within = (prefix: string): readonly KubernetesObject[] =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(prefix) && !path.endsWith('kustomization.yaml') && path.endsWith('.yaml'))
      .flatMap(([, content]) => documents(content));
  const held = within('federation/60-federation/') as unknown as readonly KarmadaDocument[];
  return {
    made: propagatedBy(held, federationCluster),
    shown: within(`effective/${cluster}/`).map(withoutKarmadasLabels),
  };
}

const withoutKarmadas = (objects: readonly object[]): readonly object[] =>
  comparable((objects as readonly KubernetesObject[]).map(withoutKarmadasLabels));

test("Karmada's policies create the objects of the preview and of the plain rendering", () => {
  const current = declarations.filter(({ istio: { version } }) => !version.startsWith('1.7.'));
  fc.assert(
    fc.property(current, (declaration) => {
      const files = output(declaration, karmada);
      const plain = output(declaration, { engine: 'plain' });
      for (const cluster of declaration.clusters) {
        const { name } = cluster;
        const { made, shown } = byKarmada(files, cluster);
        expect(withoutKarmadas(made)).toEqual(comparable(shown));
        const workloads = shown.filter(({ kind }: { kind?: string }) => kind !== 'Namespace');
        const federated = new Set(
          (declaration.workloads as readonly { name: string; delivery?: string }[]).flatMap(
            ({ name: own, delivery }) => (delivery === 'federated' ? [`${name}/70-workloads/${own}.yaml`] : []),
          ),
        );
        const rendered = Object.entries(plain).flatMap(([path, content]) =>
          federated.has(path) ? documents(content) : [],
        );
        expect(comparable(workloads)).toEqual(comparable(rendered));
      }
    }),
    { numRuns: 30 },
  );
});

test('the shop has the same objects in each cluster with every engine', () => {
  const text = readFileSync(join(root, 'examples/shop.yaml'), 'utf8');
  const manifests = Object.fromEntries(
    Object.entries(readTree(join(root, 'examples/shop'))).map(([path, content]) => [`shop/${path}`, content]),
  );
  const shop = (federation: object): Output => {
    const declaration = { ...(load(text) as object), federation };
    return synthesize(join(makeProject({ 'federation.yaml': dump(declaration), ...manifests }), 'federation.yaml'));
  };
  const [ofKubeFed, ofKarmada, plain] = [{ engine: 'kubefed', version: '0.10.0' }, karmada, { engine: 'plain' }].map(
    shop,
  );
  for (const cluster of ['host', 'member']) {
    const rendered = ['shop', 'payment', 'migrations'].flatMap((name) =>
      documents(plain?.[`${cluster}/70-workloads/${name}.yaml`] ?? ''),
    );
    expect(rendered.length).toBeGreaterThan(10);
    const { made, shown } = byKarmada(ofKarmada ?? {}, { name: cluster });
    const withoutNamespaces = (objects: readonly object[]): readonly object[] =>
      objects.filter((object) => (object as KubernetesObject).kind !== 'Namespace');
    expect(withoutKarmadas(made)).toEqual(comparable(shown));
    expect(comparable(withoutNamespaces(shown))).toEqual(comparable(rendered));
    const federated = ['shop', 'payment', 'migrations'].flatMap((name) =>
      documents(ofKubeFed?.[`effective/${cluster}/${name}.yaml`] ?? ''),
    );
    expect(comparable(federated.map(withoutManagedLabel))).toEqual(comparable(rendered));
  }
});

test('KubeFed creates a namespace in exactly the clusters of the plain rendering', () => {
  const current = declarations.filter(({ istio: { version } }) => !version.startsWith('1.7.'));
  const names = (text: string | undefined): readonly string[] =>
    documents(text ?? '')
      .map(({ metadata }) => metadata.name)
      .sort();
  fc.assert(
    fc.property(current, (declaration) => {
      const kubefed = output(declaration, { engine: 'kubefed', version: '0.10.0' });
      const plain = output(declaration, { engine: 'plain' });
      for (const { name } of declaration.clusters) {
        const federated = names(kubefed[`effective/${name}/namespaces.yaml`]);
        const own = names(kubefed[`${name}/10-foundation/namespaces.yaml`]);
        const expected = names(plain[`${name}/10-foundation/namespaces.yaml`]);
        // The host's own files create the federated namespaces there, too: KubeFed adopts them.
        expect([...new Set([...own, ...federated])].sort()).toEqual(expect.arrayContaining(expected as string[]));
      }
    }),
    { numRuns: 30 },
  );
});
