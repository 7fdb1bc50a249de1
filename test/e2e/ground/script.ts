import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { program } from '../build/go.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import type { Synthesized } from './ground.ts';
import { clustersOf, stageFor } from './output.ts';
import { makeRootOfTrust } from './trust.ts';

/** The command of a script of an output for the clusters that stand for its own, and its environment. */
function commandOf(output: Synthesized, options: readonly string[], script: string) {
  const clusters = clustersOf(output).map((name) => ({ name, cluster: stageFor(output, name) }));
  const contexts = clusters.flatMap(({ name, cluster }) => ['--context', `${name}=${cluster.context}`]);
  const programs = [program('kubernetes', 'kubectl'), program('istio', 'istioctl')].map((path) => dirname(path));
  const env = {
    KUBECONFIG: [...new Set(clusters.map(({ cluster }) => cluster.kubeconfig))].join(':'),
    PATH: [...new Set(programs), process.env.PATH].join(':'),
  };
  const words = script === 'apply.sh' ? ['--yes', ...contexts] : contexts;
  return { command: [join(output.directory, script), ...words, ...options], env };
}

/** Runs a script of an output to its end; for who wants to see how it fails. */
export function tryScript(output: Synthesized, options: readonly string[], script = 'apply.sh'): Promise<Ran> {
  const { command, env } = commandOf(output, options, script);
  return attempt(command, { env, timeoutSeconds: 600 });
}

/** Runs a script and kills it with all that it has started, a second after it says that it takes a step of this wave. */
export function killedAt(
  output: Synthesized,
  wave: string,
  options: readonly string[],
  script = 'apply.sh',
): Promise<void> {
  const { command, env } = commandOf(output, options, script);
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A process group of its own, so that nothing of it goes on.
    const child = spawn(file, args, { env: { ...process.env, ...env }, detached: true });
    let said = '';
    let isKilled = false;
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (isKilled || !said.includes(`\n${wave}  `) || child.pid === undefined) return;
      isKilled = true;
      const group = -child.pid;
      setTimeout(() => process.kill(group, 'SIGKILL'), 1000);
    });
    child.once('error', reject);
    child.once('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`${script} ended before it could be killed in ${wave}: ${said}`));
    });
  });
}

/** Takes every step of an output's plan by its own script, from empty clusters, with an intermediate CA for each. */
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
