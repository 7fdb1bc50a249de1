import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { makeProject, synthesize } from '../support/project.ts';
import { declareTwoClusters } from '../support/two-clusters.ts';

// Names that the generated classes of cdk8s-plus-25 and of cdk8s import spell differently, among ordinary ones.
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

function documents(delivery: 'federated' | 'direct', spec: unknown, path: string): readonly unknown[] {
  const manifest = dump({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
  const directory = makeProject({ 'federation.yaml': declareTwoClusters(delivery), 'any.yaml': manifest });
  return loadAll(synthesize(join(directory, 'federation.yaml'))[path] ?? '');
}

test('no field of a direct manifest is lost or changed', () => {
  fc.assert(
    fc.property(fields, (spec) => {
      const expected = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { ...metadata, namespace: 'sample' },
        spec,
      };
      expect(documents('direct', spec, 'member/70-workloads/any.yaml')).toEqual([expected]);
    }),
    { numRuns: 100 },
  );
});

test('no field of a federated template is lost or changed', () => {
  fc.assert(
    fc.property(fields, (spec) => {
      const [object] = documents('federated', spec, 'host/60-federation/any.yaml') as [{ spec: { template: unknown } }];
      expect(object.spec.template).toEqual({ metadata: { labels: metadata.labels }, spec });
    }),
    { numRuns: 100 },
  );
});
