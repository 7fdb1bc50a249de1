import { expect, test } from 'vitest';
import { applyOverride } from '../../../../constructs/domain/overrides/explicit-patches.ts';

const deployment = { metadata: { labels: { app: 'a' } }, spec: { replicas: 1, args: ['a'] } };

test('an existing field is replaced, a missing one is added', () => {
  const result = applyOverride(deployment, [
    { path: '/spec/replicas', value: 2 },
    { path: '/spec/paused', value: true },
    { op: 'remove', path: '/spec/paused' },
  ]);
  expect(result).toEqual({
    kind: 'applied',
    document: { ...deployment, spec: { replicas: 2, args: ['a'] } },
    patches: [
      { op: 'replace', path: '/spec/replicas', value: 2 },
      { op: 'add', path: '/spec/paused', value: true },
      { op: 'remove', path: '/spec/paused', value: undefined },
    ],
  });
});

test('a patch may build on an earlier one', () => {
  const result = applyOverride(deployment, [
    { op: 'add', path: '/spec/strategy', value: {} },
    { path: '/spec/strategy/type', value: 'Recreate' },
  ]);
  expect(result).toMatchObject({ kind: 'applied', document: { spec: { strategy: { type: 'Recreate' } } } });
});

test.each([
  ['a list', '/spec/args/1'],
  ['a missing parent', '/spec/template/spec'],
])('nothing is created in %s', (_, path) => {
  expect(applyOverride(deployment, [{ path, value: 'x' }])).toEqual({ kind: 'failed', index: 0 });
});
