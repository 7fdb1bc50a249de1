import { expect, test } from 'vitest';
import { makeKarmadaEffective } from '../../../../constructs/engines/karmada/domain/effective.ts';

test("finalizers and owners are removed, Karmada's label is added", () => {
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

test('the time to live of a Job is removed', () => {
  const job = { kind: 'Job', metadata: { name: 'a' }, spec: { ttlSecondsAfterFinished: 60, parallelism: 2 } };
  expect(makeKarmadaEffective(job).spec).toEqual({ parallelism: 2 });
});
