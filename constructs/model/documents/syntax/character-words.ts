import type { SyntaxRow } from './finding.ts';

/** What the parser reports of single characters, missing and unexpected, in words. */
export const characterRows: readonly SyntaxRow[] = [
  {
    code: 'MISSING_CHAR',
    message: /Comments must be separated/,
    got: '"#" directly behind a value',
    expected: 'a blank before a comment',
    fix: 'put a blank before the "#"; if it belongs to the value, put the whole value in quotes',
  },
  {
    code: 'MISSING_CHAR',
    message: /Tags and anchors must be separated/,
    got: 'a tag or an anchor directly before a value',
    expected: 'a blank behind the tag or the anchor',
    fix: 'put a blank behind it; if it is a text, put the whole value in quotes',
  },
  {
    code: 'MISSING_CHAR',
    message: /Missing space after :/,
    got: '":" directly before a value',
    expected: 'a blank behind the colon',
    fix: 'put a blank behind the ":"',
  },
  {
    code: 'MISSING_CHAR',
    message: /Missing ,/,
    got: 'two entries without a comma between them',
    expected: 'commas between everything inside [ ] or { }',
    fix: 'put a comma between the two entries',
  },
  {
    code: 'MISSING_CHAR',
    message: /same line with directives-end/,
    got: 'a key behind "---"',
    expected: 'nothing but a comment behind "---"',
    fix: 'begin the key on the next line',
  },
  {
    code: 'MISSING_CHAR',
    message: /directives-end/,
    got: 'a line that begins with "%", without "---" below it',
    expected: 'no directives: a file is YAML 1.2 without them',
    fix: 'remove the line that begins with "%"',
  },
  {
    code: 'MISSING_CHAR',
    got: 'a character is missing',
    expected: 'every key with ": " behind it, and every bracket and quote closed',
    fix: 'complete the line',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /Unexpected (,|empty item)/,
    got: 'a comma without an entry before it',
    expected: 'one comma between two entries',
    fix: 'remove the comma, or write the entry that is missing',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /flow-(map|seq)-end/,
    got: 'a closing bracket that nothing has opened',
    expected: 'a "]" for each "[", and a "}" for each "{"',
    fix: 'remove the bracket, or write the opening one',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /Not a YAML token|Block scalar header/,
    got: 'a text behind "|" or ">" on the same line',
    expected: 'the text on the lines below, indented',
    fix: 'begin the text on the next line; if it is one line, put it in quotes',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /block-seq-ind on same line/,
    got: '"- " behind a key on the same line',
    expected: 'each entry of a list on a line of its own below the key',
    fix: 'begin the entry on the next line; or write [ENTRY]; or, if it is a text, put it in quotes',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /at node end/,
    got: 'a text behind a value that is already complete',
    expected: 'nothing behind a closing quote or bracket',
    fix: 'put the whole value in quotes; inside single quotes, write a single quote twice',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    got: 'a character that has no meaning here',
    expected: 'a key with its value, or an entry of a list',
    fix: 'remove the character; if it belongs to a text, put the whole value in quotes',
  },
];
