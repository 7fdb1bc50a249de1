const longest = 120;

// Control characters, line separators, bidirectional marks and the like. A terminal or a reviewer's browser acts on
// them, so a hostile name could hide or reorder the text around it.
const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** Any text as one harmless line of plain text: invisible characters become `\u{...}`. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, escaped);
}

/** A description of a value in place of the value itself. It is shown without quotes. */
export class Described {
  readonly words: string;

  constructor(words: string) {
    this.words = words;
  }
}

/** A value from the declaration as one harmless line of JSON, cut at 120 characters. `undefined` becomes `nothing`. */
export function printable(value: unknown): string {
  if (value === undefined) return 'nothing';
  const line = escapeInvisible(value instanceof Described ? value.words : (JSON.stringify(value) ?? String(value)));
  // Not through the middle of a character of two units.
  return line.length > longest ? `${line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}...` : line;
}
