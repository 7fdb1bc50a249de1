import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Milliseconds after which a synth does not run any more, even if a process has its number. */
const longestSynth = 10 * 60 * 1000;

/** Names inside the directory beside the output. */
const former = 'former';

/** A directory beside the output, on the same file system: `next` becomes the output, `former` was it. */
export interface Aside {
  readonly directory: string;
  readonly next: string;
  readonly former: string;
}

/** Makes an empty directory beside a target. Its name has the number of this process, for `mendInterrupted`. */
export function makeAside(target: string): Aside {
  const directory = mkdtempSync(join(dirname(target), `.${basename(target)}-${process.pid}-`));
  return { directory, next: join(directory, 'next'), former: join(directory, former) };
}

/**
 * Cleans up after synths that were killed. If one was killed between its two renames, the target is missing and gets its
 * former output back.
 */
export function mendInterrupted(target: string): void {
  const parent = dirname(target);
  if (!existsSync(parent)) return;
  for (const directory of readdirSync(parent).filter((name) => isAbandoned(target, name))) {
    const aside = join(parent, directory);
    if (!existsSync(target) && existsSync(join(aside, former))) renameSync(join(aside, former), target);
    rmSync(aside, { recursive: true, force: true });
  }
}

function isAbandoned(target: string, name: string): boolean {
  const start = `.${basename(target)}-`;
  if (!name.startsWith(start)) return false;
  const [, id] = /^(\d+)-[A-Za-z0-9]{6}$/.exec(name.slice(start.length)) ?? [];
  if (id === undefined) return false;
  const found = lstatSync(join(dirname(target), name));
  const isOld = Date.now() - found.mtimeMs > longestSynth;
  return found.isDirectory() && (isOld || !isRunning(Number(id)));
}

// In containers the numbers are small and repeat: what has our own number is not from us.
function isRunning(id: number): boolean {
  if (id === process.pid) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Another user's process may not be asked, but it runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
