import { expect, test } from 'vitest';
import { makeEffective } from '../../../../constructs/engines/kubefed/domain/effective.ts';

const identity = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' };

test('the template gets the identity of its object, annotations and finalizers are removed, the label is added last', () => {
  const template = { metadata: { annotations: { a: 'b' }, finalizers: ['x'], labels: { app: 'a' } }, data: { k: '1' } };
  const overrides = [
    { path: '/data/l', value: '2' },
    { op: 'add' as const, path: '/metadata/labels/v', value: '1' },
  ];
  expect(makeEffective(template, identity, overrides)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'shop', labels: { app: 'a', v: '1', 'kubefed.io/managed': 'true' } },
    data: { k: '1', l: '2' },
  });
});

test('an override that does not apply is a defect of the program', () => {
  expect(() => makeEffective({}, identity, [{ path: '/data/l', value: '2' }])).toThrow(
    'ConfigMap/a: override 0 does not apply',
  );
});
