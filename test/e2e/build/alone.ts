import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { began, isAlive } from '../machine/journal.ts';
import { CACHE } from '../machine/paths.ts';
import { endCommands } from '../machine/run.ts';

const FILE = join(CACHE, 'builder.json');

interface Builder {
  readonly id: number;
  readonly began: string;
}

/**
 * Runs work that fills the cache. Only one runner may do so at a time: builds share their caches, and the first to
 * finish would remove them. Ctrl-C and a request to end also stop the compilers.
 */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  become();
  const onInterrupt = (): void => giveUp(130);
  const onTermination = (): void => giveUp(143);
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onTermination);
  try {
    return await work();
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTermination);
    rmSync(FILE, { force: true });
  }
}

function become(): void {
  const other = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Builder) : undefined;
  if (other !== undefined && other.id !== process.pid && isAlive(other))
    throw new Error(`another run (process ${other.id}) is building what the suites need; wait for it or stop it`);
  mkdirSync(CACHE, { recursive: true });
  const self: Builder = { id: process.pid, began: began(process.pid) ?? '' };
  writeFileSync(FILE, JSON.stringify(self));
}

function giveUp(status: number): never {
  endCommands();
  rmSync(FILE, { force: true });
  process.exit(status);
}
