import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { type CommandRun, runCommand } from './run-command.ts';

/** Fixtures for tests of the command. */
export interface CommandFixtures {
  /** An empty directory. */
  readonly directory: string;
  /** Runs the command in this process. */
  readonly run: (...words: string[]) => Promise<CommandRun>;
  /** Runs it on a terminal with colours. */
  readonly runOnTerminal: (...words: string[]) => Promise<CommandRun>;
}

/** A test with a directory of its own, and the command. */
export const test = base.extend<CommandFixtures>({
  directory: async ({ task: _ }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-command-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
  run: ({ task: _ }, use) => use((...words) => runCommand(words)),
  runOnTerminal: ({ task: _ }, use) => use((...words) => runCommand(words, { isInteractive: true })),
});

/** A small declaration without workloads. */
export const demo = `name: demo
istio: {version: 1.31.4}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
workloads: []
`;

/** Writes files by their paths relative to a directory. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}
