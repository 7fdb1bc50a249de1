import { describe, expect, test } from 'vitest';
import { makePatternTest } from '../../../../constructs/model/schemas/pattern-cost.ts';

describe('a pattern is tested', () => {
  test.each([
    ['^[a-z]+$', 'abc', 'ABC'],
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a-b', 'a-'],
    ['^(flat|tiered|none)$', 'flat', 'steep'],
    ['^\\d+(\\.\\d+)?(s|ms)$', '1.5ms', '1.ms'],
    ['^(\\d+)\\.(\\d+)\\.(\\d+)$', '1.22.3', '1.22'],
    ['^(ab)+$', 'abab', 'aba'],
    ['^[(+*]{2,3}$', '(+', '(a'],
    ['^\\p{Lu}a\\*?$', 'Äa', 'äa'],
    ['b', 'abc', 'ac'],
    ['^(?:a|b)c*?$', 'ac', 'cc'],
  ])('%s', (pattern, right, wrong) => {
    const accepts = makePatternTest(pattern);
    expect([accepts(right), accepts(wrong)]).toEqual([true, false]);
  });
});

describe('a text is accepted unread for a pattern that may take long or that JavaScript cannot read', () => {
  test.each([
    '^(a+)+$',
    '^(a*)*$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '^(a+){10}$',
    '^(a{1,9}){1,90}$',
    '^((a+)?b?)*$',
    '^(?:(?:a?)b?)+$',
    '^(a?){40}a{40}$',
    `^${'a?'.repeat(40)}${'a'.repeat(40)}$`,
    `^${'(a|a)'.repeat(40)}$`,
    `^${'a*'.repeat(12)}$`,
    '^(a)\\1*$',
    '^(?=(a+))$',
    '^(?<n>a)\\k<n>$',
    '(?i)a',
    `^${'a'.repeat(2000)}$`,
    '^(a',
    'a)',
    '[',
    '\\',
    '^[^\\]]*(a+)+$',
    '^[(](a+)+[)]$',
    '^\\((a+)+$',
  ])('%s', (pattern) => {
    expect(makePatternTest(pattern)(`${'a'.repeat(40)}!`)).toBe(true);
  });

  test('and for a long text', () => {
    expect(makePatternTest('^[a-z]+$')('A'.repeat(1_000_000))).toBe(true);
  });
});
