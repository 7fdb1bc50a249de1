import { describe, expect, test } from 'vitest';
import { Described, printable } from '../../../../constructs/model/problems/printable.ts';

describe('printable', () => {
  test.each<[unknown, string]>([
    ['a\nb', '"a\\nb"'],
    ['\u001b[31m', '"\\u001b[31m"'],
    ['\u202eevil', '"\\u{202e}evil"'],
    ['\u007f\u0085\u2028', '"\\u{7f}\\u{85}\\u{2028}"'],
    ['\ufe0f\u3164', '"\\u{fe0f}\\u{3164}"'],
    [`${'x'.repeat(118)}\u{1F525}y`, `"${'x'.repeat(118)}...`],
    [undefined, 'nothing'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    [new Described('no host'), 'no host'],
    ['x'.repeat(200), `"${'x'.repeat(119)}...`],
  ])('shows %j as %s', (value, shown) => {
    expect(printable(value)).toBe(shown);
  });
});
