import { expect, test } from 'vitest';
import { textsIn } from '../../../../constructs/domain/json/texts.ts';

test.each([
  ['a', ['a']],
  [null, []],
  [{ a: ['b', 1, { c: 'd' }] }, ['a', 'b', 'c', 'd']],
])('the texts in %j', (value, texts) => {
  expect([...textsIn(value)].sort()).toEqual(texts);
});

test('a value that holds itself is read once', () => {
  const round: unknown[] = ['a'];
  round.push(round, round);
  expect(textsIn(round)).toEqual(['a']);
});
