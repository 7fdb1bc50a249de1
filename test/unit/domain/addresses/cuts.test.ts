import { expect, test } from 'vitest';
import { brackets, cutAll, port, scheme, without } from '../../../../constructs/domain/addresses/cuts.ts';

test('parts are cut one after the other, and named in their order', () => {
  const cut = cutAll('https://[2001:db8::1]:443', [scheme, port, brackets]);
  expect(cut).toEqual({ rest: '2001:db8::1', parts: ['"https://"', '":443"', 'the brackets'] });
  expect(without(cut.parts, cut.rest)).toBe('leave out "https://", ":443" and the brackets: write 2001:db8::1');
});

test('a text without the parts stays', () => {
  expect(cutAll('2001:db8::1', [scheme, port, brackets])).toEqual({ rest: '2001:db8::1', parts: [] });
});
