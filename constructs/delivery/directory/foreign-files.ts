import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files and directories under a directory that are not among its known files, sorted. A directory without a known
 * file inside is named as a whole, with a slash at its end. Links and pipes are always foreign, whatever their names.
 *
 * @param known paths relative to the directory, with `/` on every system
 * @param isOwn tells of a regular file whose path is not known whether it is ours all the same. @default - none is
 */
export function foreignFiles(
  directory: string,
  known: readonly string[],
  isOwn: (path: string) => boolean = () => false,
): readonly string[] {
  const files = new Set(known);
  const folders = new Set(known.flatMap(foldersAbove));
  return [...listForeign({ directory, files, folders, isOwn }, '')].sort();
}

interface Known {
  readonly directory: string;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly isOwn: (path: string) => boolean;
}

function listForeign(known: Known, folder: string): readonly string[] {
  return readdirSync(join(known.directory, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return foreignIn(known, path);
    return isKnown(known, path, entry) ? [] : [path];
  });
}

function isKnown(known: Known, path: string, entry: Dirent): boolean {
  return entry.isFile() && (known.files.has(path) || known.isOwn(path));
}

function foreignIn(known: Known, folder: string): readonly string[] {
  if (known.folders.has(folder)) return listForeign(known, `${folder}/`);
  return holdsOnlyOwn(known, folder) ? [] : [`${folder}/`];
}

// Ends at the first foreign file: such a directory may be anything, even a whole repository.
function holdsOnlyOwn(known: Known, folder: string): boolean {
  const entries = readdirSync(join(known.directory, folder), { withFileTypes: true });
  const isOwn = (entry: Dirent): boolean => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? holdsOnlyOwn(known, path) : isKnown(known, path, entry);
  };
  return entries.length > 0 && entries.every(isOwn);
}

function foldersAbove(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}
