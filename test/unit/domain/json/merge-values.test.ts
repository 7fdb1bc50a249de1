import { expect, test } from 'vitest';
import { mergeValues } from '../../../../constructs/domain/json/merge-values.ts';

test('mappings merge key by key, lists are replaced as a whole, and the later value wins', () => {
  const first = { a: { b: 1, c: [1, 2] }, d: 'text', e: { f: true } };
  const second = { a: { c: [3], g: null }, d: { h: 1 }, e: 'text' };
  expect(mergeValues<object>(first, second)).toEqual({ a: { b: 1, c: [3], g: null }, d: { h: 1 }, e: 'text' });
});

test('neither argument is changed', () => {
  const first = { a: { b: 1 } };
  const second = { a: { c: 2 } };
  mergeValues<object>(first, second);
  expect([first, second]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
});
