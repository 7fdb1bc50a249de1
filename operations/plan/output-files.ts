import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserMistake } from '../../constructs/model/problems/problem.ts';

/** Size of the largest file of an output that is read, in MB: the plan of some thousand clusters. */
const largestFile = 128;
const mebibyte = 1024 * 1024;

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
    if (!found.isFile()) throw new UserMistake(`${join(directory, path)} is not a file of an output: synthesize again`);
    if (found.size > largestFile * mebibyte)
      throw new UserMistake(
        `${join(directory, path)} has more than ${largestFile} MB, which no synth writes: synthesize again`,
      );
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
