import { expect, test } from 'vitest';
import { applyPatches, type Patch } from '../../../../constructs/domain/json/patch.ts';

const document = { spec: { replicas: 1, args: ['a', 'c'] } };

test.each<[string, Patch, object]>([
  ['replaces without op', { path: '/spec/replicas', value: 2 }, { replicas: 2, args: ['a', 'c'] }],
  ['adds', { op: 'add', path: '/spec/paused', value: true }, { replicas: 1, args: ['a', 'c'], paused: true }],
  ['inserts into a list', { op: 'add', path: '/spec/args/1', value: 'b' }, { replicas: 1, args: ['a', 'b', 'c'] }],
  ['removes', { op: 'remove', path: '/spec/args/0' }, { replicas: 1, args: ['c'] }],
])('%s', (_, patch, spec) => {
  expect(applyPatches(document, [patch])).toEqual({ kind: 'applied', document: { spec } });
});

test.each<[string, Patch]>([
  ['a replacement of what is not there', { op: 'replace', path: '/spec/paused', value: true }],
  ['the same without op', { path: '/spec/paused', value: true }],
  ['a removal of what is not there', { op: 'remove', path: '/spec/paused' }],
  ['a parent that is not there', { op: 'add', path: '/metadata/labels/a', value: 'b' }],
  ['an insertion past the end', { op: 'add', path: '/spec/args/3', value: 'd' }],
])('fails on %s, with its position', (_, patch) => {
  expect(applyPatches(document, [{ path: '/spec/replicas', value: 2 }, patch])).toEqual({ kind: 'failed', index: 1 });
});

test('leaves the document as it was', () => {
  const before = structuredClone(document);
  applyPatches(document, [{ op: 'add', path: '/spec/args/-', value: 'd' }]);
  expect(document).toEqual(before);
});

test('leaves the values of patches as they were', () => {
  const value = { a: { b: 1 } };
  const patches: Patch[] = [
    { op: 'add', path: '/more', value },
    { path: '/more/a/b', value: 2 },
    { op: 'add', path: '/more/a/c', value: 3 },
  ];
  expect(applyPatches({}, patches)).toEqual({ kind: 'applied', document: { more: { a: { b: 2, c: 3 } } } });
  expect(value).toEqual({ a: { b: 1 } });
});
