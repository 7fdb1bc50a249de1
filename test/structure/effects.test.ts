import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../support/files.ts';

const directory = join(import.meta.dirname, '../../operations');
const files = listFiles(directory).map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') }));
const filesWith = (pattern: RegExp): readonly string[] =>
  files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

// What tests put in the place of programs and of clocks is worth nothing if there is another way to them.
test('only one file of operations/ starts programs, and none speaks with a network', () => {
  expect(filesWith(/^import (?!type )[^;]* from 'node:(child_process|cluster|worker_threads)'/m)).toEqual([
    'tools/run-program.ts',
  ]);
  expect(
    filesWith(/^import (?!type )(?!\{ isIP \})[^;]* from 'node:(net|tls|http|https|http2|dgram|dns)[/']/m),
  ).toEqual([]);
  expect(filesWith(/\bfetch\(|\beval\(|\bnew Function\(|\bimport\(|\brequire\(/)).toEqual([]);
});

test('only one file of operations/ writes files', () => {
  const writing =
    /\{[^}]*\b(write|append|rename|rm|unlink|mkdir|cp|copy|symlink|link|truncate|ftruncate|ch|lch|fch|utimes)\w*[^}]*\} from 'node:fs/;
  expect(filesWith(writing)).toEqual(['discover/lock-file.ts']);
  expect(filesWith(/from 'node:fs\/promises'|createWriteStream|O_WRONLY|O_RDWR|O_CREAT|O_APPEND/)).toEqual([]);
});
