import { createHash } from 'node:crypto';
import type { OutputFile, TargetFile } from './output-file.ts';

/** The sha256 of a text, in hexadecimal digits. */
export const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/**
 * `checksums`: the sha256 of every file that the scripts read, and of the scripts, as sha256sum writes it. A run compares
 * it before each step, so that nobody replaces the output while it is applied.
 *
 * @param applied the files in the directories of the targets
 * @param files all files of the output
 */
export function renderChecksums(applied: readonly TargetFile[], files: readonly OutputFile[]): OutputFile {
  const inside = new Set(applied.map(({ path }) => path));
  const isRead = (path: string): boolean => inside.has(path) || /^[\w-]+\.(tsv|sh)$/.test(path);
  const lines = files
    .filter(({ path }) => isRead(path))
    .map(({ path, content }) => `${sha256(content)}  ${path}\n`)
    .sort((a, b) => (a.slice(64) < b.slice(64) ? -1 : 1));
  return { path: 'checksums', content: lines.join('') };
}
