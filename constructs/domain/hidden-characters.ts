/** A character that a reviewer does not see, or that changes what a reviewer sees. */
export interface HiddenCharacter {
  /** Position in the text, in UTF-16 units. */
  readonly index: number;
  /** `U+202E, right-to-left override`. */
  readonly name: string;
}

const hidden = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\p{Surrogate}]/gu;

const names: Readonly<Record<string, string>> = {
  '\u00AD': 'soft hyphen',
  '\u061C': 'Arabic letter mark',
  '\u200B': 'zero width space',
  '\u200C': 'zero width non-joiner',
  '\u200D': 'zero width joiner',
  '\u200E': 'left-to-right mark',
  '\u200F': 'right-to-left mark',
  '\u202A': 'left-to-right embedding',
  '\u202B': 'right-to-left embedding',
  '\u202C': 'end of a direction',
  '\u202D': 'left-to-right override',
  '\u202E': 'right-to-left override',
  '\u2060': 'word joiner',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'end of an isolate',
  '\uFEFF': 'byte order mark',
};

const nameOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const isHalf = /^[\uD800-\uDFFF]$/.test(character);
  return `U+${code}, ${names[character] ?? (isHalf ? 'half of a character' : 'an invisible character')}`;
};

const shapingLetter =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;
const rightToLeftLetter = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const flagOfARegion = /^\u{1F3F4}[\u{E0020}-\u{E007E}]{1,8}\u{E007F}/u;

// Where each of them is part of an honest text. All others have no such place: a direction that is forced, for example,
// makes a reviewer read another text than the program.
const honestPlaces: readonly {
  readonly characters: RegExp;
  readonly isHonest: (before: string, after: string, character: string) => boolean;
}[] = [
  // The joined emoji of a family.
  {
    characters: /\u200D/,
    isHonest: (before, after) =>
      /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F)$/u.test(before) &&
      /^\p{Extended_Pictographic}/u.test(after),
  },
  // The shapes of letters, and where a line may break, in scripts without blanks.
  { characters: /[\u180B-\u180F\u200B-\u200D]/, isHonest: (before) => shapingLetter.test(before) },
  // The direction of a punctuation mark beside right-to-left letters.
  {
    characters: /[\u061C\u200E\u200F]/,
    isHonest: (before, after) => rightToLeftLetter.test(before) || rightToLeftLetter.test(after),
  },
  // Coloured or plain: the heart, a digit on a key; and variants of Chinese characters.
  { characters: /[\uFE00-\uFE0F]/, isHonest: (before, after) => takesVariant(before, after) },
  { characters: /[\u{E0100}-\u{E01EF}]/u, isHonest: (before) => /\p{Script=Han}$/u.test(before) },
  // The flag of England.
  {
    characters: /[\u{E0020}-\u{E007F}]/u,
    isHonest: (before, after, character) =>
      flagOfARegion.test(`${before.slice(before.lastIndexOf('\u{1F3F4}'))}${character}${after}`),
  },
];

function takesVariant(before: string, after: string): boolean {
  return /[0-9#*]$/.test(before)
    ? after.startsWith('\u20E3')
    : /[^\p{ASCII}\p{Default_Ignorable_Code_Point}]$/u.test(before);
}

// Characters on each side that are looked at, so that a long line takes no longer than many short ones.
const context = 40;

function isHonest(text: string, index: number, character: string): boolean {
  const before = text.slice(Math.max(0, index - context), index);
  const end = index + character.length;
  const after = text.slice(end, end + context);
  return honestPlaces.some((place) => place.characters.test(character) && place.isHonest(before, after, character));
}

/**
 * The hidden characters of a text, without those that belong to honest text of some language, or to an emoji.
 *
 * @param atMost the number of characters after which the search ends
 */
export function findHiddenCharacters(text: string, atMost: number): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(hidden)) {
    if (found.length === atMost) break;
    if (!isHonest(text, match.index, match[0])) found.push({ index: match.index, name: nameOf(match[0]) });
  }
  return found;
}
