import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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

/** Makes a directory of the cache in one step: an interrupted making leaves nothing that looks complete. */
export async function fill(directory: string, make: (aside: string) => Promise<void>): Promise<void> {
  const aside = join(CACHE, `.unfinished-${randomUUID().slice(0, 8)}`);
  mkdirSync(aside, { recursive: true });
  try {
    await make(aside);
    renameSync(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
