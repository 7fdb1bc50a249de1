import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { versionInWords } from '../build/chosen.ts';
import { type Environment, environmentVariables } from '../environment.ts';
import { E2E, REPOSITORY } from '../machine/paths.ts';
import { deadServers, isBeingRemoved, logTail } from '../machine/servers.ts';
import { say } from '../machine/wait.ts';
import { directoryOf, type SuiteRow } from '../tables/suite.ts';

/** The result of a suite. */
export interface Outcome {
  readonly suite: SuiteRow;
  readonly passed: boolean;
  readonly seconds: number;
  readonly isOnExisting: boolean;
  /** The modules that it asked for, each with the version that actually ran: `istio 1.31.0`. */
  readonly versions: readonly string[];
}

let current: ChildProcess | undefined;

/** Ends the suite that is running, if any. */
export function endCurrentSuite(): void {
  current?.kill('SIGKILL');
}

/** Runs a suite in a separate process. If it fails, the report ends with the servers that ended on the way. */
export async function runSuite(suite: SuiteRow, environment: Environment): Promise<Outcome> {
  say(`suite ${suite.name}`);
  const began = Date.now();
  const passed = (await vitest(suite, environment)) === 0;
  if (!passed && !isBeingRemoved()) for (const server of deadServers()) process.stderr.write(`${logTail(server)}\n`);
  const versions = suite.modules.map((name) => `${name} ${versionInWords(name)}`);
  return { suite, passed, seconds: secondsSince(began), versions, isOnExisting: environment.form === 'existing' };
}

/** Whole seconds since a moment. */
export function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 1000);
}

function vitest(suite: SuiteRow, environment: Environment): Promise<number> {
  const config = join(E2E, 'vitest.config.ts');
  const directory = directoryOf(suite);
  const file = join(E2E, 'suites', directory, `${directory}.suite.ts`);
  const child = spawn('node', [join(REPOSITORY, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config, file], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, ...environmentVariables(environment) },
  });
  current = child;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 1));
  });
}
