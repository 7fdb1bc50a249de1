import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../constructs/delivery/shell-word.ts';

const texts = [
  'dist',
  'a b',
  "it's",
  '$(id)',
  '`id`',
  'a;b',
  '-o',
  '~',
  'a\u001b[31mb',
  'line\nend',
  "'\\\u202e",
  '成员',
  '',
  '*',
];

test.each(texts)('%j is one word of bash, and harmless on a terminal', (text) => {
  const word = shellWord(text);
  expect(word).not.toMatch(/\p{C}/u);
  expect(execFileSync('bash', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
});
