import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from 'yaml';
import { wordsFor } from '../../../../constructs/model/documents/syntax/words.ts';
import { parseYaml } from '../../../../constructs/model/documents/yaml-source.ts';
import { declare, findingsOf, webDeployment } from '../../../support/mistakes.ts';

/** `line:column got -> fix`. */
function readingOf(text: string): string {
  const source = parseYaml('a.yaml', text);
  if (source.kind === 'parsed') return 'parsed';
  const { at, message, advice } = source.error;
  return `${at.line}:${at.column} ${message} -> ${advice?.fix}`;
}

test.each([
  ['a:\n  b: 1\n  b: 2\n', '3:3 the key "b" for the second time -> keep one of the two, or rename it'],
  ['a: {b: 1, b: 2}\n', '1:11 the key "b" for the second time -> keep one of the two, or rename it'],
  [
    'a:\n  - name: x\n    name: y\n',
    '3:5 the key "name" for the second time -> keep one of the two, or rename it; a new entry of the list begins with "- "',
  ],
  [
    'a:\n\tb: 1\n',
    '2:1 a tab before "b" -> replace the tab on line 2 by blanks: 2, below "a" on line 1; or 0, like "a" on line 1',
  ],
  [
    'a:\n  b: 1\n\tc: 2\n',
    '3:1 a tab before "c" -> replace the tab on line 3 by blanks: 2, like "b" on line 2; or 0, like "a" on line 1',
  ],
  [
    'a:\n    b: 1\n   c: 2\n',
    '3:1 3 blanks before "c" -> begin line 3 with 4, like "b" on line 2; or begin it with 0, like "a" on line 1',
  ],
  [
    'a:\n  b: 1\n   c: 2\n',
    '3:1 3 blanks before "c" -> begin line 3 with 2, like "b" on line 2; or begin it with 0, like "a" on line 1; or, if it belongs below "b", remove the value there',
  ],
  [
    'a:\n  - x: 1\n   y: 2\n',
    '3:1 3 blanks before "y" -> begin line 3 with 4, like "x" on line 2; or begin it with 2, like "-" on line 2',
  ],
  [
    'a:\n  - x\n  b: 1\n',
    '3:1 2 blanks before "b" -> write "- " before it, like "-" on line 2; or begin it with 4, like "x" on line 2',
  ],
  [
    'a:\n  - x\n - y\n',
    '3:1 1 blank before "y" -> begin line 3 with 2, like "-" on line 2; or begin it with 0, like "a" on line 1',
  ],
  [
    ' a: 1\nb: 2\n',
    '1:1 1 blank before "a", and fewer before "b" on line 2 -> remove the 1 blank at the beginning of line 1',
  ],
  [
    'a: 1\n- b\n',
    '2:1 an entry of a list between the keys of a mapping -> indent line 2 below its key, or remove the "- "',
  ],
  ['a: [1, 2\nb: 3\n', '2:1 no "]" for the list in brackets that begins on line 1 -> close the list with "]"'],
  ['a: {b: 1\nc: 2\n', '2:1 no "}" for the mapping in brackets that begins on line 1 -> close the mapping with "}"'],
  ['a: [1]]\n', '1:7 a closing bracket that nothing has opened -> remove the bracket, or write the opening one'],
  ['a: "x\nb: 2\n', '1:4 a text in " that never ends -> close the text with ", or write \\" for a quote inside it'],
  ["a: 'x\nb: 2\n", "1:4 a text in ' that never ends -> close the text with ', or write '' for a quote inside it"],
  [
    "a: 'it's'\n",
    '1:8 a text behind a value that is already complete -> put the whole value in quotes; inside single quotes, write a single quote twice',
  ],
  ['a:1\nb: 2\n', '1:1 ":" directly before a value -> put a blank behind the ":"'],
  ['a = 1\nb: 2\n', '1:1 "=" between a key and a value -> write ": " in place of "="'],
  ['a：1\nb: 2\n', '1:1 a full-width colon -> write ":" and a blank'],
  [
    'a: 1\nb\nc: 2\n',
    '2:1 "b" without a colon -> write ":" behind the key; if the line continues a text, indent it or put the text in quotes',
  ],
  [
    'a: b: c\n',
    '1:4 ": " inside a value -> put the whole value in quotes, or begin the inner key on the next line, indented',
  ],
  ['a: @x\n', '1:4 a text that begins with "@", "`" or "%" -> put the whole value in quotes'],
  [
    'a: {b: 1 c: 2}\n',
    '1:8 a second key or entry without a comma before it -> put a comma between the two, or close the bracket before',
  ],
  ['a: [1,,2]\n', '1:7 a comma without an entry before it -> remove the comma, or write the entry that is missing'],
  [
    'a: *.example.com\n',
    "1:4 the alias *.example.com without an anchor before it -> put it in quotes: '*.example.com'; or define the anchor before it",
  ],
  [
    'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n',
    '2:1 a conflict that git left -> resolve the conflict: keep one of the two versions, and remove the lines of "<", "=" and ">"',
  ],
  ['--- a: 1\n', '1:5 a key behind "---" -> begin the key on the next line'],
  [
    'a: - b\n',
    '1:4 "- " behind a key on the same line -> begin the entry on the next line; or write [ENTRY]; or, if it is a text, put it in quotes',
  ],
])('%j', (text, reading) => {
  expect(readingOf(text)).toBe(reading);
});

test('a duplicate key says where the first one is', () => {
  const source = parseYaml('a.yaml', 'a:\n  b: 1\n\n  c: 2\n  b: 3\n');
  expect(source.kind === 'invalid' && source.error.advice?.expected).toBe('each key once: "b" is already on line 2');
});

test('a long text is explained as fast as it is read', () => {
  const text = `a:\n${'  - b: 1\n'.repeat(5000)}   c: 1\n`;
  const start = performance.now();
  expect(readingOf(text)).toMatch(/^5002:1 3 blanks before "c" -> begin line 5002 with 4, like "b" on line 5001/);
  expect(performance.now() - start).toBeLessThan(3000);
});

test('no line of a private key is shown', () => {
  const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'.repeat(2).slice(0, 64);
  expect(readingOf(`a: |\n  x\n${line}\nb: 1\n`)).not.toContain(line.slice(0, 20));
});

describe('every code of the parser has words', () => {
  const types = join(dirname(createRequire(import.meta.url).resolve('yaml')), 'errors.d.ts');
  const [, list = ''] = readFileSync(types, 'utf8').match(/type ErrorCode = ([^;]+);/) ?? [];
  const codes = [...list.matchAll(/'(\w+)'/g)].flatMap(([, code]) => (code as ErrorCode | undefined) ?? []);
  test('the list is that of the library', () => {
    expect(codes.length).toBeGreaterThan(20);
  });

  test.each(codes)('%s', (code) => {
    expect(wordsFor(code, '').got).not.toBe('a text that is not YAML');
  });
});

test('a declaration and a manifest name the line', () => {
  const broken = declare({}).replace('federation: {', 'federation: {engine: plain, ');
  const [problem, ...others] = findingsOf({ 'federation.yaml': broken, 'web.yaml': webDeployment });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ rule: 'file-is-yaml', path: 'line 3', at: { line: 3, column: 29 } });
  const tabbed = webDeployment.replace('  replicas', '\treplicas');
  const [inManifest] = findingsOf({ 'federation.yaml': declare({}), 'web.yaml': tabbed });
  expect(inManifest).toMatchObject({ rule: 'manifest-file-is-yaml', at: { file: 'web.yaml', line: 5 } });
  expect(inManifest?.got).toBe('a tab before "replicas"');
});
