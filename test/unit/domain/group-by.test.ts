import { expect, test } from 'vitest';
import { groupBy } from '../../../constructs/domain/group-by.ts';

test('keys and items keep their order', () => {
  const groups = groupBy(['pear', 'apple', 'plum', 'avocado', 'fig'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['p', ['pear', 'plum']],
    ['a', ['apple', 'avocado']],
    ['f', ['fig']],
  ]);
});

test('an empty list has no groups', () => {
  expect([...groupBy([], () => 1)]).toEqual([]);
});
