import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/arbitrary-declaration.ts';
import { makeProject, synthesize } from '../support/project.ts';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

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

// A deployment by KubeFed and one without any engine are two ways to the same clusters.
test('what KubeFed makes is the plain rendering, but for its label', () => {
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

test('KubeFed makes a namespace in exactly the clusters where the plain rendering has it', () => {
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
        // The host has the federated ones itself as well: KubeFed adopts them.
        expect([...new Set([...own, ...federated])].sort()).toEqual(expect.arrayContaining(expected as string[]));
      }
    }),
    { numRuns: 30 },
  );
});
