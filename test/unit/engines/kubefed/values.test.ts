import { expect, test } from 'vitest';
import { carriesValue } from '../../../../constructs/engines/kubefed/domain/values.ts';

test.each([['text'], [7], [true], [['a', 1]], [{ a: { b: [false] } }]])('%j can be delivered', (value) => {
  expect(carriesValue(value)).toBe(true);
});

test.each([[0.5], [2 ** 53], [null], [undefined], [[null]], [{ a: null }], [JSON.parse('{"__proto__": 1}')]])(
  '%j is not',
  (value) => {
    expect(carriesValue(value)).toBe(false);
  },
);
