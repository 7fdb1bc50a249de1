import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below a directory, sorted, relative to it. */
export function listFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** Every file below a directory as path to content. */
export function readTree(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(listFiles(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}
