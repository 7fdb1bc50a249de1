import { expect, test } from 'vitest';
import { distinctLabels, labelOf } from '../../../../constructs/plan/gitops/entry-names.ts';

test('a name is its words', () => {
  expect(labelOf('shop', '10-foundation', 'host')).toBe('shop-10-foundation-host');
});

test('a long name ends with a hash of its words, and is a DNS-1123 label', () => {
  const long = labelOf('a'.repeat(53), '-b', 'c'.repeat(40));
  expect(long).toMatch(/^a{53}-[0-9a-f]{8}$/);
  expect(labelOf('a'.repeat(53), '-b', 'd'.repeat(40))).not.toBe(long);
  expect(labelOf('a'.repeat(63))).toHaveLength(63);
});

test('different words that make one name get a hash', () => {
  const [first, second, third] = distinctLabels([['a-b', 'c'], ['a', 'b-c'], ['d']]);
  expect(first).toMatch(/^a-b-c-[0-9a-f]{8}$/);
  expect(second).toMatch(/^a-b-c-[0-9a-f]{8}$/);
  expect(first).not.toBe(second);
  expect(third).toBe('d');
});
