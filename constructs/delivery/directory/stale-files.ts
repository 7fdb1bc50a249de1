import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../output-file.ts';
import { foreignFiles } from './foreign-files.ts';
import { withoutSystemErrors } from './system-errors.ts';

/** A file in which a directory differs from an output. */
export interface StaleFile {
  readonly path: string;
  /** `missing` and `extra` are in the directory's terms: what it lacks, what it should not have. */
  readonly state: 'missing' | 'changed' | 'extra';
}

/** Compares a directory with an output, and changes nothing. No stale file means that they are the same. */
export function staleFiles(directory: string, files: readonly OutputFile[]): readonly StaleFile[] {
  return withoutSystemErrors('read', () => {
    const known = files.map(({ path }) => path);
    const extra = existsSync(directory) ? foreignFiles(directory, known) : [];
    return [
      ...files.flatMap((file) => staleStateOf(directory, file)),
      ...extra.map((path) => ({ path, state: 'extra' }) as const),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
  });
}

function staleStateOf(directory: string, { path, content }: OutputFile): readonly StaleFile[] {
  const file = join(directory, path);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return [{ path, state: 'missing' }];
  // Anything but a file is named as extra.
  if (!found.isFile()) return [];
  return readFileSync(file, 'utf8') === content ? [] : [{ path, state: 'changed' }];
}
