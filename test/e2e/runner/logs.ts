import { cpSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJournal } from '../machine/journal.ts';
import { LOGS } from '../machine/paths.ts';

/**
 * Copies the servers' logs out of the state directory, which is about to be removed. They replace the last run's logs.
 */
export function keepLogs(): void {
  rmSync(LOGS, { recursive: true, force: true });
  for (const server of readJournal()?.started ?? []) {
    if (existsSync(server.log)) cpSync(server.log, join(LOGS, server.cluster, basename(server.log)));
  }
}
