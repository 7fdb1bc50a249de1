import { existsSync, lstatSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeDirectory } from '../../constructs/delivery/directory/make-directory.ts';
import type { OutputFile } from '../../constructs/delivery/output-file.ts';
import { UserMistake } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';

/** The files of a directory that existed before, and those that were written. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Writes the files that a directory lacks. Existing files, and even links, are not touched.
 *
 * @throws UserMistake when a folder of a file is a file or a link, before anything is written
 */
export function writeMissing(directory: string, files: readonly OutputFile[]): WrittenFiles {
  refuseDanglingLinks(resolve(directory));
  for (const { path } of files) refuseOddFolders(directory, path);
  makeDirectory(resolve(directory));
  const isWritten = files.map(({ path, content }) => writeNew(join(directory, path), content));
  return {
    written: files.filter((_, index) => isWritten[index]).map(({ path }) => path),
    kept: files.filter((_, index) => !isWritten[index]).map(({ path }) => path),
  };
}

// A directory cannot be made where a link is, and the link leads to none.
function refuseDanglingLinks(path: string): void {
  if (existsSync(path)) return;
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UserMistake(`${escapeInvisible(path)} is a symbolic link to nothing: choose another directory`);
  refuseDanglingLinks(dirname(path));
}

// Through a link, files would go to another place.
function refuseOddFolders(directory: string, path: string): void {
  const steps = path.split('/').slice(0, -1);
  for (const folder of steps.map((_, index) => join(directory, ...steps.slice(0, index + 1)))) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found !== undefined && !found.isDirectory())
      throw new UserMistake(`${escapeInvisible(folder)} is not a directory: choose another directory`);
  }
}

function writeNew(path: string, content: string): boolean {
  makeDirectory(dirname(path));
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
