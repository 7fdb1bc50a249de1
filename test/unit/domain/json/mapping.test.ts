import { expect, test } from 'vitest';
import { isMapping, unsafeKeys } from '../../../../constructs/domain/json/mapping.ts';

test.each([[{}], [{ a: 1 }]])('%j is a mapping', (value) => {
  expect(isMapping(value)).toBe(true);
});

test.each([[null], [[]], ['text'], [7], [undefined]])('%j is no mapping', (value) => {
  expect(isMapping(value)).toBe(false);
});

test('the keys that JavaScript reserves are known', () => {
  expect([...unsafeKeys]).toEqual(['__proto__', 'constructor']);
});
