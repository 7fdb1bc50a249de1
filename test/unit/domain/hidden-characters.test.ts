import { describe, expect, test } from 'vitest';
import { findHiddenCharacters } from '../../../constructs/domain/hidden-characters.ts';

const namesIn = (text: string): readonly string[] => findHiddenCharacters(text, 10).map(({ name }) => name.slice(0, 6));

describe('hidden characters', () => {
  test.each([
    ['a forced direction', 'user\u202E \u2066// admin\u2069', ['U+202E', 'U+2066', 'U+2069']],
    ['an embedding, even in Arabic', 'سلام \u202Bx\u202C', ['U+202B', 'U+202C']],
    ['a blank without width', 'ad\u200Bmin', ['U+200B']],
    ['a joiner between Latin letters', 'pay\u200Dpal\u200C', ['U+200D', 'U+200C']],
    ['a joiner before an emoji', 'x\u200D\u{1F525}', ['U+200D']],
    ['a byte order mark inside', 'a\uFEFFb\u2060', ['U+FEFF', 'U+2060']],
    ['tags that spell a text', 'x\u{E0041}\u{E007F}', ['U+E004', 'U+E007']],
    ['tags that no flag needs', '\u{1F3F4}\u{E0067}', ['U+E006']],
    ['variants in a row, which can carry any data', '\u2764\uFE0F\uFE0F\u{E0100}', ['U+FE0F', 'U+E010']],
    ['a variant of a letter', 'a\uFE01', ['U+FE01']],
    ['a direction mark without a letter that has one', 'a\u200Fb', ['U+200F']],
    ['letters that show nothing', '\u3164\uFFA0\u115F', ['U+3164', 'U+FFA0', 'U+115F']],
    ['a soft hyphen', 'ad\u00ADmin', ['U+00AD']],
    ['half of a character', 'a\uD800b', ['U+D800']],
  ])('%s is one', (_, text, expected) => {
    expect(namesIn(text)).toEqual(expected);
  });

  test.each([
    'plain, Ünïcödé, 中文, 日本語, русский',
    'a family: \u{1F468}\u200D\u{1F469}\u200D\u{1F467}, with a skin: \u{1F469}\u{1F3FD}\u200D\u{1F4BB}',
    'a heart on fire: \u2764\uFE0F\u200D\u{1F525}, a key: 1\uFE0F\u20E3',
    'می\u200Cخواهم',
    'क्\u200Dष, ක්\u200Dර',
    'ภาษา\u200Bไทย',
    'עברית\u200F!',
    'the flag of England: \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    '葛\u{E0100}城',
  ])('%j has none', (text) => {
    expect(namesIn(text)).toEqual([]);
  });

  test('are named, and the search ends after a number of them', () => {
    expect(findHiddenCharacters('a\u202E\u202E\u202E', 2)).toEqual([
      { index: 1, name: 'U+202E, right-to-left override' },
      { index: 2, name: 'U+202E, right-to-left override' },
    ]);
    expect(findHiddenCharacters('\u200D'.repeat(3_000_000), 1)).toHaveLength(1);
  });
});
