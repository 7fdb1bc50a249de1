import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE } from '../machine/paths.ts';

/** A directory of the cache, named by what is in it and by everything that its content depends on. */
export function cached(name: string, version: string, ...inputs: readonly string[]): string {
  const key = createHash('sha256').update(inputs.join('\0')).digest('hex').slice(0, 12);
  return join(CACHE, `${name}-${version}-${key}`);
}

/** Whether that directory was made, completely. */
export function isCached(directory: string): boolean {
  return existsSync(directory);
}

const UNFINISHED = '.unfinished-';

/** Makes a directory of the cache in one step: an interrupted making leaves nothing that looks complete. */
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

// What a killed runner was making; those of runners that are alive have their process's id.
function removeUnfinished(): void {
  const names = existsSync(CACHE) ? readdirSync(CACHE).filter((name) => name.startsWith(UNFINISHED)) : [];
  for (const name of names) {
    const id = name.slice(UNFINISHED.length).split('-')[0];
    if (!existsSync(`/proc/${id}`)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}
