import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { program } from '../build/go.ts';
import type { Synthesized } from '../environment.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { say, sleep } from '../machine/wait.ts';
import { makeRootOfTrust } from '../mesh/trust.ts';
import { clusterFor, clustersOf } from './output.ts';

/** The command of an output's script, with the clusters that stand for its own, and its environment. */
function commandOf(output: Synthesized, options: readonly string[], script: string, kubeconfigs: readonly string[]) {
  const clusters = clustersOf(output).map((name) => ({ name, cluster: clusterFor(output, name) }));
  const contexts = clusters.flatMap(({ name, cluster }) => ['--context', `${name}=${cluster.context}`]);
  const programs = [
    program('kubernetes', 'kubectl'),
    program('istio', 'istioctl'),
    program('helm', 'helm'),
    program('kubefed', 'kubefedctl'),
  ].map((path) => dirname(path));
  const env = {
    // Only for this run: charts of the same name and version may have differed in an earlier run.
    HELM_CACHE_HOME: `${output.directory}-helm`,
    KUBECONFIG: [...new Set([...clusters.map(({ cluster }) => cluster.kubeconfig), ...kubeconfigs])].join(':'),
    PATH: [...new Set(programs), process.env.PATH].join(':'),
  };
  const words = script === 'apply.sh' ? ['--yes', ...contexts] : contexts;
  return { command: [join(output.directory, script), ...words, ...options], env };
}

/**
 * Runs an output's script to its end, for callers that examine how it fails. `kubeconfigs` are files with further
 * contexts, for an option `--context`.
 */
export function tryScript(
  output: Synthesized,
  options: readonly string[],
  script = 'apply.sh',
  kubeconfigs: readonly string[] = [],
): Promise<Ran> {
  const { command, env } = commandOf(output, options, script, kubeconfigs);
  return attempt(command, { env, timeoutSeconds: 600 });
}

/**
 * A disturbance in the middle of a run. It can send a signal to the script and to all processes that the script has
 * started.
 */
export type Disturbance = (signal: (name: NodeJS.Signals) => void) => unknown;

/** The script to run, and files with further contexts for an option `--context`. */
interface Invocation {
  readonly script?: string;
  readonly kubeconfigs?: readonly string[];
}

/**
 * Runs a script, apply.sh by default, and disturbs it one second after it reports a step of this wave, or a step whose
 * line begins with this text.
 */
export function disturbedAt(
  output: Synthesized,
  wave: string,
  options: readonly string[],
  disturb: Disturbance,
  { script = 'apply.sh', kubeconfigs = [] }: Invocation = {},
): Promise<{ status: number | NodeJS.Signals; stderr: string }> {
  const { command, env } = commandOf(output, options, script, kubeconfigs);
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A separate process group, so that no part of it continues.
    const child = spawn(file, args, { env: { ...process.env, ...env }, detached: true });
    let stderr = '';
    let disturbed: Promise<unknown> | undefined;
    const signal = (name: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, name);
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (disturbed !== undefined || !stderr.includes(`\n${wave}  `)) return;
      disturbed = new Promise((later) => setTimeout(later, 1000)).then(() => disturb(signal));
      disturbed.catch(reject);
    });
    child.once('error', reject);
    child.once('close', (code, name) => {
      if (disturbed === undefined) reject(new Error(`${script} ended before ${wave}: ${stderr}`));
      else disturbed.then(() => resolve({ status: name ?? code ?? 1, stderr }), reject);
    });
  });
}

/**
 * Runs a script, apply.sh by default, and kills it with all processes that it has started, at least one second after it
 * reports a step of this wave, or a step whose line begins with this text.
 */
export async function killedAt(
  output: Synthesized,
  wave: string,
  options: readonly string[],
  { script = 'apply.sh', secondsLater = 0 }: { readonly script?: string; readonly secondsLater?: number } = {},
): Promise<void> {
  const kill = async (signal: (name: NodeJS.Signals) => void) => {
    await sleep(secondsLater);
    signal('SIGKILL');
  };
  const { status, stderr } = await disturbedAt(output, wave, options, kill, { script });
  if (status !== 'SIGKILL') throw new Error(`${script} ended before it could be killed in ${wave}: ${stderr}`);
}

/**
 * Takes every step of an output's plan with the output's own script, from empty clusters, with an intermediate CA for
 * each.
 */
export async function applyByScript(output: Synthesized): Promise<void> {
  const trust = await makeRootOfTrust();
  try {
    for (const name of clustersOf(output)) await trust.issue(name);
    const { status, stdout, stderr } = await tryScript(output, ['--cacerts', trust.directory]);
    say(stderr);
    if (status !== 0) throw new Error(`apply.sh ends with ${status}: ${stdout}${stderr}`);
  } finally {
    trust.forget();
  }
}
