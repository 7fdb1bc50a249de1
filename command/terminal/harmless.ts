import { escapeInvisible } from '../../constructs/model/problems/printable.ts';

/** A text of another machine as lines that a terminal shows and does not obey. Tabs stay. */
export function harmless(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(escapeInvisible).join('\t'))
    .join('\n');
}

/** A value as one line of JSON. What a terminal would obey is written as the escapes of JSON. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
