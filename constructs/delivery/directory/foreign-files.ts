import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files and directories under a directory that are not among its known files, sorted. A directory without a known
 * file inside is named as a whole, with a slash at its end. Links and pipes are always foreign, whatever their names.
 *
 * @param known paths relative to the directory, with `/` on every system
 */
export function foreignFiles(directory: string, known: readonly string[]): readonly string[] {
  const files = new Set(known);
  const folders = new Set(known.flatMap(foldersAbove));
  return [...listForeign({ directory, files, folders }, '')].sort();
}

interface Known {
  readonly directory: string;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

function listForeign(known: Known, folder: string): readonly string[] {
  return readdirSync(join(known.directory, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return known.folders.has(path) ? listForeign(known, `${path}/`) : [`${path}/`];
    return entry.isFile() && known.files.has(path) ? [] : [path];
  });
}

function foldersAbove(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}
