import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import { ISTIO } from '../tables/modules.ts';
import { applyStep } from './apply.ts';
import { helmCommand, istioChart } from './charts.ts';
import { hold } from './gates.ts';
import { gatewayAddress } from './gateways.ts';
import type { Synthesized } from './ground.ts';
import { istioctl } from './istioctl.ts';
import { apply } from './kubectl.ts';
import { type Step, stageFor, stepsOf } from './output.ts';
import { makeRootOfTrust } from './trust.ts';

// They apply nothing: what is checked there is what the suites check themselves.
const UNAPPLIED = ['00-preflight', '90-verify'];

type Action = (output: Synthesized, step: Step) => Promise<void>;

/** THE table of actions: what each name in the plan's column `action` does. */
const ACTIONS: Readonly<Record<string, Action>> = {
  none: async () => undefined,
  apply: async (output, step) => {
    await applyStep(output, step);
  },
  'istioctl-install': installWithIstioctl,
  'helm-upgrade': installWithHelm,
  'remote-secret': applyRemoteSecret,
};

/**
 * Takes every step of an output's plan, in its order and from the output alone, each followed by its gate: what a
 * script does, without its comforts.
 */
export async function rollOut(output: Synthesized): Promise<void> {
  const trust = await makeRootOfTrust();
  try {
    for (const step of stepsOf(output).filter((one) => !UNAPPLIED.includes(one.wave))) {
      say([step.wave, step.cluster, step.action, step.path || step.args.join(' ')].join(' '));
      await naming(step, 'fails', () => actionOf(step)(output, step));
      // `cacerts: existing` means that somebody else makes the Secret: here, as soon as its namespace is there.
      if (step.wait === 'cacerts-present') await trust.give(stageFor(output, step.cluster));
      await naming(step, `waits for ${step.wait}`, () => hold(output, step));
    }
  } finally {
    trust.forget();
  }
}

async function naming(step: Step, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${step.wave} in ${step.cluster}: ${step.action} ${what}: ${message}`, { cause });
  }
}

function actionOf({ action }: Step): Action {
  const found = ACTIONS[action];
  if (found === undefined) throw new Error(`no action ${action}; there are ${Object.keys(ACTIONS).join(', ')}`);
  return found;
}

async function installWithIstioctl(output: Synthesized, step: Step): Promise<void> {
  const [version, ...late] = step.args;
  if (version !== ISTIO) throw new Error(`this istioctl is ${ISTIO}, the step wants ${version}`);
  const file = ['install', '--filename', join(output.directory, step.path), '--skip-confirmation'];
  const flags = ['--readiness-timeout', '2m0s', ...(await lateValues(output, late))];
  await istioctl(stageFor(output, step.cluster), [...file, ...flags]);
}

async function installWithHelm(output: Synthesized, step: Step): Promise<void> {
  const [release = '', namespace = '', chart = '', version = '', repository = '', ...late] = step.args;
  if (!repository.startsWith('https://')) throw new Error(`${JSON.stringify(repository)} is no repository`);
  const { kubeconfig, context } = stageFor(output, step.cluster);
  const upgrade = ['upgrade', '--install', release, istioChart(chart, version), '--namespace', namespace];
  const values = ['--values', join(output.directory, step.path), ...(await lateValues(output, late))];
  await run(helmCommand([...upgrade, ...values, '--kubeconfig', kubeconfig, '--kube-context', context]));
}

async function applyRemoteSecret(output: Synthesized, step: Step): Promise<void> {
  const [read = '', istioCluster = '', apiServer = ''] = step.args;
  const cluster = stageFor(output, read);
  const server = apiServer || cluster.api;
  const flags = server === undefined ? [] : ['--server', server];
  const secret = await istioctl(cluster, ['create-remote-secret', '--name', istioCluster, ...flags]);
  await apply(stageFor(output, step.cluster), secret);
}

/** `KEY=gateway-address:CLUSTER` as flags: what a file lacks because nobody knew it when the file was made. */
async function lateValues(output: Synthesized, args: readonly string[]): Promise<string[]> {
  const flags: string[] = [];
  for (const arg of args.filter((one) => one !== '')) {
    const [, key, cluster] = /^([\w.-]+)=gateway-address:(.+)$/.exec(arg) ?? [];
    if (key === undefined || cluster === undefined) throw new Error(`cannot read the argument ${JSON.stringify(arg)}`);
    flags.push('--set', `${key}=${await gatewayAddress(stageFor(output, cluster))}`);
  }
  return flags;
}
