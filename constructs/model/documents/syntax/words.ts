import type { ErrorCode } from 'yaml';
import { characterRows } from './character-words.ts';
import type { SyntaxRow, SyntaxWords } from './finding.ts';

const quote = 'put the whole value in quotes';

/** THE table of what the parser reports, in words. Rows that need the text around the mistake are elsewhere. */
const rows: readonly SyntaxRow[] = [
  {
    code: 'ALIAS_PROPS',
    got: 'a tag or an anchor before an alias',
    expected: 'the alias alone',
    fix: 'remove the "!..." or "&..." before the "*..."',
  },
  {
    code: 'BAD_ALIAS',
    message: /ambiguous/,
    got: 'a name of an anchor or alias that ends in ":"',
    expected: 'a blank before the colon',
    fix: 'put a blank between the name and the colon',
  },
  {
    code: 'BAD_ALIAS',
    got: '"*" or "&" without a name',
    expected: 'a value that does not begin with "*" or "&"',
    fix: quote,
  },
  {
    code: 'BAD_COLLECTION_TYPE',
    got: 'a tag that does not fit its value',
    expected: 'a value without a tag',
    fix: 'remove the tag, the word that begins with "!"',
  },
  {
    code: 'BAD_DIRECTIVE',
    got: 'a line that begins with "%"',
    expected: 'no directives: a file is YAML 1.2 without them',
    fix: 'remove the line',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    got: 'a backslash that begins no known escape',
    expected: 'in double quotes only the escapes of YAML, such as \\n or \\"',
    fix: 'use single quotes, or write the backslash twice',
  },
  {
    code: 'BAD_INDENT',
    got: 'a line, or a bracket, that begins too far left or right',
    expected: 'everything inside a key indented more than the key, and all of it alike',
    fix: 'indent the line as its neighbours, and remove blanks from empty lines before a text',
  },
  {
    code: 'BAD_PROP_ORDER',
    got: 'a tag or an anchor before "-", "?" or ":"',
    expected: 'the tag or the anchor directly before its value',
    fix: 'move it behind the "-", "?" or ":"',
  },
  {
    code: 'BAD_SCALAR_START',
    message: /[|>]/,
    got: 'a text that begins with "|" or ">"',
    expected: 'a text in quotes if it begins with such a character',
    fix: quote,
  },
  {
    code: 'BAD_SCALAR_START',
    got: 'a text that begins with "@", "`" or "%"',
    expected: 'a text in quotes if it begins with such a character',
    fix: quote,
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    got: 'a list or a mapping in the place of a key',
    expected: 'one key and one value on a line',
    fix: 'begin the list or the mapping on the next line, indented',
  },
  {
    code: 'BLOCK_IN_FLOW',
    got: 'a second key or entry without a comma before it',
    expected: 'commas between everything inside [ ] or { }, and "- " only outside of them',
    fix: 'put a comma between the two, or close the bracket before',
  },
  {
    code: 'DUPLICATE_KEY',
    got: 'a key for the second time',
    expected: 'each key of a mapping once',
    fix: 'keep one of the two, or rename it',
  },
  {
    code: 'IMPOSSIBLE',
    got: 'a text that YAML has no meaning for',
    expected: 'keys and values, or entries of a list',
    fix: 'write the part again, from its first line',
  },
  {
    code: 'KEY_OVER_1024_CHARS',
    got: 'a key of more than 1024 characters',
    expected: 'a key and its colon on one short line',
    fix: 'shorten the key; if it is a value, put it in quotes and its key before it',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    got: 'a key over several lines',
    expected: 'a key and its colon on one line',
    fix: 'write the key and its ":" on one line',
  },
  {
    code: 'MULTIPLE_ANCHORS',
    got: 'two anchors for one value',
    expected: 'at most one "&..." before a value',
    fix: 'remove one of the two; if it is a text, put the whole value in quotes',
  },
  {
    code: 'MULTIPLE_DOCS',
    got: 'several documents',
    expected: 'one YAML document',
    fix: 'remove the line "---" and what stands below it',
  },
  {
    code: 'MULTIPLE_TAGS',
    got: 'two tags for one value',
    expected: 'a value without tags',
    fix: 'remove the words that begin with "!"',
  },
  {
    code: 'NON_STRING_KEY',
    got: 'a key that is not a text',
    expected: 'a plain word as a key',
    fix: 'put the key in quotes',
  },
  {
    code: 'RESOURCE_EXHAUSTION',
    got: 'lists and mappings inside each other, without end',
    expected: 'some ten levels at most',
    fix: 'remove the brackets and dashes that are not meant',
  },
  {
    code: 'TAB_AS_INDENT',
    got: 'a tab where YAML counts blanks',
    expected: 'blanks: YAML allows no tab in an indentation',
    fix: 'replace the tab by a blank',
  },
  {
    code: 'TAG_RESOLVE_FAILED',
    got: 'a tag that YAML does not know',
    expected: 'a value without a tag',
    fix: 'remove the word that begins with "!", or put the whole value in quotes',
  },
];

/** The words for an error of the parser. */
export function wordsFor(code: ErrorCode, message: string): SyntaxWords {
  const row = [...rows, ...characterRows].find((one) => one.code === code && (one.message?.test(message) ?? true));
  const { got, expected, fix } = row ?? {
    got: 'a text that is not YAML',
    expected: 'keys and values, or entries of a list',
    fix: 'correct the line, or the line above it',
  };
  return { got, expected, fix };
}
