import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { isNamespaced } from '../../constructs/domain/kubernetes/kinds.ts';
import { declareTwoClusters } from '../support/declarations/two-clusters.ts';
import { makeProject, synthesize } from '../support/project.ts';
import { kubernetesSamples } from '../support/schemas/kubernetes-samples.ts';

// Names that the generated classes of cdk8s-plus-25 and of cdk8s import spell differently, mixed with ordinary ones.
const key = fc.oneof(
  fc.constantFrom(
    'clusterIP',
    'podCIDR',
    'externalIPs',
    'consecutive5xxErrors',
    'mirror_percent',
    'jwks_uri',
    'proxyURL',
    'n',
    'on',
  ),
  fc.string({ minLength: 1 }).filter((text) => !['__proto__', 'constructor', '<<'].includes(text)),
);
const leaf = fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean(), fc.constant({}), fc.constant([]));
const { fields } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('fields')),
  fields: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

const metadata = { name: 'any', labels: { app: 'any', 'example.com/team': 'payments' } };

// A kind that KubeFed 0.4.1 federates, but that our schema of Kubernetes 1.34 lacks, so that it may contain anything.
const kind = { apiVersion: 'extensions/v1beta1', kind: 'Ingress' };

function documents(delivery: 'federated' | 'direct', object: object, path: string): readonly unknown[] {
  const manifest = dump(object);
  const directory = makeProject({ 'federation.yaml': declareTwoClusters(delivery), 'any.yaml': manifest });
  return loadAll(synthesize(join(directory, 'federation.yaml'))[path] ?? '');
}

test('no field of a direct manifest is lost or changed', () => {
  fc.assert(
    fc.property(fields, (spec) => {
      const expected = { ...kind, metadata: { ...metadata, namespace: 'sample' }, spec };
      expect(documents('direct', { ...kind, metadata, spec }, 'member/70-workloads/any.yaml')).toEqual([expected]);
    }),
    { numRuns: 100 },
  );
});

test('no field of a federated template is lost or changed', () => {
  fc.assert(
    fc.property(fields, (spec) => {
      const manifest = { ...kind, metadata, spec };
      const [object] = documents('federated', manifest, 'host/60-federation/any.yaml') as [
        { spec: { template: unknown } },
      ];
      expect(object.spec.template).toEqual({ metadata: { labels: metadata.labels }, spec });
    }),
    { numRuns: 100 },
  );
});

test.each(kubernetesSamples)('no field of $apiVersion $kind is lost or changed', (sample) => {
  const written = documents('direct', { ...sample, metadata }, 'member/70-workloads/any.yaml');
  const namespace = isNamespaced(sample.kind) ? { namespace: 'sample' } : {};
  expect(written).toEqual([{ ...sample, metadata: { ...metadata, ...namespace } }]);
});
