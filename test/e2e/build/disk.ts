import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

const GIB = 1024 ** 3;

/** Throws if the file system of a path has less free space than the work there needs. */
export function needFree(path: string, gibibytes: number, purpose: string): void {
  const { bavail, bsize } = statfsSync(nearestExisting(path));
  const free = (bavail * bsize) / GIB;
  if (free >= gibibytes) return;
  throw new Error(
    `${purpose} needs ${gibibytes} GiB free at ${path}, there are ${free.toFixed(1)}; ` +
      'free some, or set XDG_CACHE_HOME to a directory on a larger disk',
  );
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
