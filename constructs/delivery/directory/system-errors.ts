import { dirname } from 'node:path';
import { escapeInvisible } from '../../model/problems/printable.ts';
import { UserMistake } from '../../model/problems/problem.ts';

/** Errors of the file system that a user can mend, in words. */
const causes: Readonly<Record<string, string>> = {
  ENOENT: 'a directory of the path does not exist',
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  ELOOP: 'the path has too many symbolic links',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
  EEXIST: 'something with this name has come into being meanwhile',
  ENOTEMPTY: 'another synth has written there meanwhile',
  EBUSY: 'the directory is in use, or a mount point',
};

/** Writes or reads an output. An error of the file system that a user can mend becomes a `UserMistake`; others pass. */
export function withoutSystemErrors<T>(verb: 'write' | 'read', act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code = '', path = '' } = error as NodeJS.ErrnoException;
    const cause = causes[code];
    if (cause === undefined) throw error;
    // The name of a temporary directory that could not be made means nothing to anybody.
    const named = path.endsWith('-XXXXXX') ? dirname(path) : path;
    throw new UserMistake(`cannot ${verb} ${escapeInvisible(named)}: ${cause} (${code})`);
  }
}
