import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Problem } from '../../clusters/problem.ts';
import { type Cacerts, cacertsFiles } from '../../run/cacerts.ts';

/** The texts of the files that could be read, and what is wrong with the others. */
export interface ReadFiles {
  readonly texts: Partial<Cacerts>;
  readonly problems: readonly Problem[];
}

/** A Secret holds 1 MiB, and a chain has some kB. */
const mostBytes = 256 * 1024;

/**
 * Reads the files of a cluster from `DIRECTORY/CLUSTER`: regular files, no larger than they can be. A link may lead to another
 * place in the directory, as Kubernetes makes them in a volume of a Secret, and not out of it.
 */
export function readCacertsFiles(directory: string, cluster: string): ReadFiles {
  const read = cacertsFiles.map((file) => [file, readCacertsFile(directory, `${cluster}/${file}`)] as const);
  return {
    texts: Object.fromEntries(read.flatMap(([file, one]) => (typeof one === 'string' ? [[file, one]] : []))),
    problems: read.flatMap(([, one]) => (typeof one === 'string' ? [] : one)),
  };
}

function readCacertsFile(directory: string, path: string): string | Problem {
  const full = join(directory, path);
  const shownPath = shellWord(full);
  const issue = 'issue an intermediate CA for each cluster from one root';
  try {
    const real = realpathSync(full);
    if (!real.startsWith(`${realpathSync(directory)}${sep}`))
      return { problem: `${shownPath} is a link that leads out of the directory`, fix: 'copy the file to its place' };
    return readRegularFile(real, full);
  } catch {
    return { problem: `there is no ${shownPath}, or it cannot be read`, fix: issue };
  }
}

// The links are resolved already. A pipe would wait for ever, so nothing but a regular file is read.
function readRegularFile(real: string, path: string): string | Problem {
  const file = openSync(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return problemOf(path, fstatSync(file)) ?? readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

// Whoever has the key of a CA can be any workload of the mesh. So a key that others could read is refused, and not only
// told: nobody reads a warning of a run that goes on. The group may read it: several operators may share a directory.
function problemOf(path: string, found: Stats): Problem | null {
  const shownPath = shellWord(path);
  if (!found.isFile()) return { problem: `${shownPath} is not a regular file`, fix: 'put a file in its place' };
  if (found.size > mostBytes)
    return { problem: `${shownPath} has more than ${mostBytes / 1024} kB`, fix: 'leave only what its name says in it' };
  const isKey = path.endsWith('key.pem');
  if ((found.mode & (isKey ? 0o027 : 0o002)) === 0) return null;
  return isKey
    ? { problem: `${shownPath} can be read by others, and is the key of a CA`, fix: `chmod 600 ${shownPath}` }
    : { problem: `${shownPath} can be changed by others`, fix: `chmod o-w ${shownPath}` };
}
