import { expect, test } from 'vitest';
import { makeKarmadaEffective } from '../../../../constructs/engines/karmada/domain/effective.ts';

test('finalizers and owners go, its label is added', () => {
  const metadata = {
    name: 'a',
    labels: { app: 'a' },
    annotations: { x: 'y' },
    finalizers: ['z'],
    ownerReferences: [{}],
  };
  expect(makeKarmadaEffective({ kind: 'ConfigMap', metadata })).toEqual({
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations: { x: 'y' }, labels: { app: 'a', 'karmada.io/managed': 'true' } },
  });
});

test('a Job loses its time to live', () => {
  const job = { kind: 'Job', metadata: { name: 'a' }, spec: { ttlSecondsAfterFinished: 60, parallelism: 2 } };
  expect(makeKarmadaEffective(job).spec).toEqual({ parallelism: 2 });
});
