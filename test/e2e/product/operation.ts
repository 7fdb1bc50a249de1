import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Cluster, Synthesized } from '../environment.ts';
import { get } from '../kubernetes/kubectl.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { say, sleep } from '../machine/wait.ts';
import { makeRootOfTrust } from '../mesh/trust.ts';
import { declarationOf } from './command.ts';
import { clustersOf } from './output.ts';
import { toolsFor } from './tools.ts';

/** A command that changes clusters. */
type Operation = 'apply' | 'destroy';

/** What a suite runs, besides its options. */
interface Invocation {
  /** @default apply */
  readonly operation?: Operation;
  /** Files with further contexts, for an option `--context`. @default - none */
  readonly kubeconfigs?: readonly string[];
  /** UIDs that clusters shall have in place of their own; null to name none. @default - the clusters' own */
  readonly expects?: Readonly<Record<string, string>> | null;
}

interface Runnable {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function runnable(
  output: Synthesized,
  options: readonly string[],
  { operation = 'apply', kubeconfigs = [], expects = {} }: Invocation,
): Promise<Runnable> {
  const { clusters, contexts, env } = toolsFor(output, kubeconfigs);
  const start = ['node', '--require', 'tsx/cjs', join(REPOSITORY, 'command/main.ts'), operation];
  const places = ['--file', declarationOf(output), '--output', output.directory];
  const confirmed = operation === 'apply' ? ['--yes', ...(await expected(clusters, expects))] : [];
  return { command: [...start, ...places, ...contexts, '--allow-http-charts', ...confirmed, ...options], env };
}

// At a first apply nothing else says that the contexts are the right ones, and nobody is asked.
async function expected(
  clusters: readonly { readonly name: string; readonly cluster: Cluster }[],
  others: NonNullable<Invocation['expects']> | null,
): Promise<string[]> {
  if (others === null) return [];
  const words = await Promise.all(
    clusters.map(async ({ name, cluster }) => {
      const uid = others[name] ?? (await uidOf(cluster));
      return uid === undefined ? [] : ['--expect', `${name}=${uid}`];
    }),
  );
  return words.flat();
}

async function uidOf(cluster: Cluster): Promise<string | undefined> {
  try {
    const { metadata } = await get<{ metadata: { uid: string } }>(cluster, ['namespace/kube-system']);
    return metadata.uid;
  } catch {
    // A suite has stopped its server.
    return undefined;
  }
}

/** Runs an operation on an output to its end, for callers that examine how it fails. */
export async function tryOperation(
  output: Synthesized,
  options: readonly string[],
  invocation: Invocation = {},
): Promise<Ran> {
  const { command, env } = await runnable(output, options, invocation);
  return attempt(command, { cwd: REPOSITORY, env, timeoutSeconds: 600 });
}

/** A disturbance in the middle of a run. It can send a signal to the command. */
export type Disturbance = (signal: (name: NodeJS.Signals) => void) => unknown;

/**
 * Runs an operation, and disturbs it one second after it reports a step of this wave, or a step whose line begins with this
 * text.
 */
export async function disturbedAt(
  output: Synthesized,
  wave: string,
  options: readonly string[],
  disturb: Disturbance,
  invocation: Invocation = {},
): Promise<{ status: number | NodeJS.Signals; stderr: string }> {
  const { command, env } = await runnable(output, options, invocation);
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: REPOSITORY, env: { ...process.env, ...env } });
    let stderr = '';
    let disturbed: Promise<unknown> | undefined;
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (disturbed !== undefined || !isReported(stderr, wave)) return;
      disturbed = sleep(1).then(() => disturb((name) => child.kill(name)));
      disturbed.catch(reject);
    });
    child.once('error', reject);
    child.once('close', (code, name) => {
      if (disturbed === undefined) reject(new Error(`the command ended before ${wave}: ${stderr}`));
      else disturbed.then(() => resolve({ status: name ?? code ?? 1, stderr }), reject);
    });
  });
}

// The line of a step ends with its path, if it has one.
const isReported = (said: string, wave: string): boolean =>
  said.includes(`\n${wave}  `) || said.includes(`\n${wave}\n`);

/**
 * Runs an operation, and kills the command at least one second after it reports a step of this wave, or a step whose line
 * begins with this text. Programs that it has started live on, as they would after a crash.
 */
export async function killedAt(
  output: Synthesized,
  wave: string,
  options: readonly string[],
  { operation = 'apply', secondsLater = 0 }: { readonly operation?: Operation; readonly secondsLater?: number } = {},
): Promise<void> {
  const kill = async (signal: (name: NodeJS.Signals) => void) => {
    await sleep(secondsLater);
    signal('SIGKILL');
  };
  const { status, stderr } = await disturbedAt(output, wave, options, kill, { operation });
  if (status !== 'SIGKILL') throw new Error(`the command ended before it could be killed in ${wave}: ${stderr}`);
}

/** Takes every step of an output's plan with the command, from empty clusters, with an intermediate CA for each. */
export async function applyByCommand(output: Synthesized): Promise<void> {
  const trust = await makeRootOfTrust();
  try {
    for (const name of clustersOf(output)) await trust.issue(name);
    const { status, stdout, stderr } = await tryOperation(output, ['--cacerts', trust.directory]);
    say(stderr);
    if (status !== 0) throw new Error(`apply ends with ${status}: ${stdout}${stderr}`);
  } finally {
    trust.forget();
  }
}
