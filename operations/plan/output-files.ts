import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserMistake } from '../../constructs/model/problems/problem.ts';

/** Bytes of the largest file of an output that is read: the plan of some thousand clusters. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads a file of an output, once. Only a regular file is read, and no link: a pipe would wait for ever.
 *
 * @throws UserMistake when it is not there, or is no such file
 */
export function readOutputFile(directory: string, path: string): string {
  let file: number;
  try {
    file = openSync(join(directory, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'is missing: synthesize first' : `cannot be read (${code})`;
    throw new UserMistake(`${join(directory, path)} ${reason}`);
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > largestFile)
      throw new UserMistake(`${join(directory, path)} is not a file of an output: synthesize again`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
