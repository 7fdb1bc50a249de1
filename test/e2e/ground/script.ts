import { dirname, join } from 'node:path';
import { program } from '../build/go.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import type { Synthesized } from './ground.ts';
import { clustersOf, stageFor } from './output.ts';
import { makeRootOfTrust } from './trust.ts';

/** Runs the apply.sh of an output against the clusters that stand for its own; for who wants to see how it fails. */
export function tryScript(output: Synthesized, options: readonly string[]): Promise<Ran> {
  const clusters = clustersOf(output).map((name) => ({ name, cluster: stageFor(output, name) }));
  const contexts = clusters.flatMap(({ name, cluster }) => ['--context', `${name}=${cluster.context}`]);
  const programs = [program('kubernetes', 'kubectl'), program('istio', 'istioctl')].map((path) => dirname(path));
  const env = {
    KUBECONFIG: [...new Set(clusters.map(({ cluster }) => cluster.kubeconfig))].join(':'),
    PATH: [...new Set(programs), process.env.PATH].join(':'),
  };
  return attempt([join(output.directory, 'apply.sh'), '--yes', ...contexts, ...options], { env, timeoutSeconds: 600 });
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
