import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { type CommandRun, runCommand } from '../run-command.ts';

/** What every test of `verify` needs. */
export interface VerifyFixtures {
  /** An output of its own: that of this repository. */
  readonly directory: string;
  /** Runs `mesh-federation verify` on it. */
  readonly verify: (...words: string[]) => Promise<CommandRun>;
  /** Changes a file of the output. */
  readonly edit: (file: string, change: (text: string) => string) => void;
}

/** A test with an output of its own. */
export const test = base.extend<VerifyFixtures>({
  directory: async ({ task: _ }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-verify-'));
    const dist = join(import.meta.dirname, '../../../dist');
    for (const name of [
      'plan.json',
      'plan.tsv',
      'objects.tsv',
      'services.tsv',
      'clients.tsv',
      'endpoints.tsv',
      'gateways.tsv',
    ])
      cpSync(join(dist, name), join(directory, name));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
  verify: ({ directory }, use) =>
    use((...words) => runCommand(['verify', '-o', directory, '--timeout', '1', ...words])),
  edit: ({ directory }, use) =>
    use((file, change) => {
      const path = join(directory, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    }),
});
