import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE } from '../machine/paths.ts';

/** A directory of the cache. Its name contains everything on which its content depends. */
export function cached(name: string, version: string, ...inputs: readonly string[]): string {
  const key = createHash('sha256').update(inputs.join('\0')).digest('hex').slice(0, 12);
  return join(CACHE, `${name}-${version}-${key}`);
}

/** Whether that directory was filled completely. */
export function isCached(directory: string): boolean {
  return existsSync(directory);
}

const UNFINISHED = '.unfinished-';

/** Fills a directory of the cache in one step, so that an interrupted run leaves nothing that looks complete. */
export async function fill(directory: string, make: (aside: string) => Promise<void>): Promise<void> {
  removeUnfinished();
  const aside = join(CACHE, `${UNFINISHED}${process.pid}-${basename(directory)}`);
  mkdirSync(aside, { recursive: true });
  try {
    await make(aside);
    renameSync(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

// Removes the unfinished directories of killed runners. The directory of a live runner carries the id of its process.
function removeUnfinished(): void {
  const names = existsSync(CACHE) ? readdirSync(CACHE).filter((name) => name.startsWith(UNFINISHED)) : [];
  for (const name of names) {
    const id = name.slice(UNFINISHED.length).split('-')[0];
    if (!existsSync(`/proc/${id}`)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}
