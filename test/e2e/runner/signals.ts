import { leftovers, removeLeftovers } from '../machine/leftovers.ts';
import { isBeingRemoved, refuseStarts } from '../machine/servers.ts';
import { say, sleep } from '../machine/wait.ts';
import { endCurrentSuite } from './suites.ts';

let listening = false;

/** On Ctrl-C and on a request to end: stops all running work, removes everything, and ends with the signal's status. */
export function removeOnSignals(): void {
  if (listening) return;
  listening = true;
  process.once('SIGINT', () => void removeAndExit(130));
  process.once('SIGTERM', () => void removeAndExit(143));
}

/** Removes everything, unless a signal has come: then the removal is already in progress and ends this process. */
export async function removeOnce(): Promise<void> {
  if (isBeingRemoved()) await new Promise(() => undefined);
  await removeLeftovers();
}

async function removeAndExit(status: number): Promise<void> {
  say('interrupted: removing everything');
  refuseStarts();
  endCurrentSuite();
  // The interrupted work may still make a last namespace or interface during the removal.
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      await removeLeftovers();
      await sleep(0.5);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    if ((await leftovers()).length === 0) process.exit(status);
  }
  say('something is left; npm run e2e:down tries again');
  process.exit(1);
}
