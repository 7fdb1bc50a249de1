import type { Explain, SyntaxFinding, SyntaxWords } from './finding.ts';
import {
  adviseOnIndentation,
  adviseOnTab,
  blanksOf,
  isBesideEntries,
  type Lines,
  lineOf,
  nextContent,
  previousContent,
  wordOf,
} from './indentation.ts';

/** The marks of a merge. */
export const findConflict: Explain = (_, { lines }) => {
  const line = lines.all.findIndex((text) => /^(<{7}|>{7})( |$)/.test(text)) + 1;
  if (line === 0) return null;
  const fix = 'resolve the conflict: keep one of the two versions, and remove the lines of "<", "=" and ">"';
  return { got: 'a conflict that git left', expected: 'one version of the lines', fix, place: { line } };
};

/** A tab at the beginning of a line. It may only show as an error on the line above. */
export const findTab: Explain = ({ pos }, { lines, lineAt }) => {
  const line = lineAt(pos[0]);
  const found = [line, nextContent(lines, line)].find((one) => /^ *\t\s*\S/.test(lineOf(lines, one)));
  return found === undefined ? null : { ...adviseOnTab(lines, found), place: { line: found } };
};

const lookalikes: readonly (readonly [RegExp, string])[] = [
  [/^[^"'#]*?：/, 'a full-width colon: write ":" and a blank'],
  [/[“”„]/, 'typographic quotes: write "'],
  [/[‘’]/, "typographic quotes: write '"],
  [/^[ \t]*[\u00a0\u3000\u2002-\u200b]/, 'blanks of another kind at the beginning of the line: write plain blanks'],
  [/[，]/, 'a full-width comma: write ","'],
];

/** A character that looks like one of the syntax. */
export const findLookalike: Explain = ({ pos }, { lines, lineAt }) => {
  const line = lineAt(pos[0]);
  for (const one of [line, nextContent(lines, line)])
    for (const [pattern, words] of lookalikes) {
      if (!pattern.test(lineOf(lines, one))) continue;
      const [got = '', fix = ''] = words.split(': ');
      return { got, expected: 'the characters of ASCII, which YAML knows', fix, place: { line: one } };
    }
  return null;
};

const indentationMessages = /must start at the same column|Sequence item without|Nested mappings/;

/** A line that begins at the wrong depth. */
export const findIndentation: Explain = ({ message, pos }, { lines, lineAt }) => {
  const line = lineAt(pos[0]);
  const text = lineOf(lines, line);
  if (/at node end|in YAML stream/.test(message) && isOutdented(lines, line)) return ofFirstLine(lines, line);
  if (!indentationMessages.test(message)) return null;
  if (!/Nested mappings/.test(message)) return { ...adviseOnIndentation(lines, line), place: { line } };
  // The value on this line, and a key on the next line that is indented more.
  const next = nextContent(lines, line);
  if (/:\s+\S.*:(\s|$)/.test(text.replace(/^\s*- /, '')) || next === line) return colonInValue(pos[0]);
  const advice = adviseOnIndentation(lines, next);
  const fix = `${advice.fix}; or, if it belongs below ${wordOf(text)}, remove the value there`;
  return { ...advice, fix, place: { line: next } };
};

const colonInValue = (offset: number): SyntaxFinding => ({
  got: '": " inside a value',
  expected: 'one key and one value on a line',
  fix: 'put the whole value in quotes, or begin the inner key on the next line, indented',
  place: { offset },
});

// The first line is indented, and this one is not.
function isOutdented(lines: Lines, line: number): boolean {
  const first = nextContent(lines, 0);
  return first < line && blanksOf(lineOf(lines, first)) > blanksOf(lineOf(lines, line));
}

function ofFirstLine(lines: Lines, line: number): SyntaxFinding {
  const first = nextContent(lines, 0);
  const blanks = blanksOf(lineOf(lines, first));
  const words = `${blanks} blank${blanks === 1 ? '' : 's'}`;
  return {
    got: `${words} before ${wordOf(lineOf(lines, first))}, and fewer before ${wordOf(lineOf(lines, line))} on line ${line}`,
    expected: 'the same indentation for all keys of a mapping',
    fix: `remove the ${words} at the beginning of line ${first}`,
    place: { line: first },
  };
}

/** A line between keys that is no key. */
export const findKeyless: Explain = ({ code, message, pos }, { lines, lineAt }) => {
  const isKeyless =
    code === 'MULTILINE_IMPLICIT_KEY' || /Implicit map keys|block sequence may not be used/.test(message);
  if (!isKeyless) return null;
  const line = lineAt(pos[0]);
  const text = lineOf(lines, line).trim();
  const place = { line };
  if (/^-(\s|$)/.test(text) && isBesideEntries(lines, line)) return { ...adviseOnIndentation(lines, line), place };
  if (/^-(\s|$)/.test(text)) {
    const above = previousContent(lines, line);
    const fix = `indent line ${line} below its key, or remove the "- "`;
    const got = 'an entry of a list between the keys of a mapping';
    return { got, expected: `a key, as on line ${above ?? line}`, fix, place };
  }
  return { ...keylessWords(text), place };
};

function keylessWords(text: string): SyntaxWords {
  const expected = 'KEY: VALUE, with a blank behind the colon';
  if (/^[\w./-]+:\S/.test(text))
    return { got: `":" directly before a value`, expected, fix: 'put a blank behind the ":"' };
  if (/^[\w./-]+\s*=/.test(text))
    return { got: '"=" between a key and a value', expected, fix: 'write ": " in place of "="' };
  return {
    got: `${wordOf(text)} without a colon`,
    expected,
    fix: 'write ":" behind the key; if the line continues a text, indent it or put the text in quotes',
  };
}
