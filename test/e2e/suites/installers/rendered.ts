import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { parse, stringify } from 'yaml';
import { versionOf } from '../../build/chosen.ts';
import type { Synthesized } from '../../environment.ts';
import type { KubeObject } from '../../kubernetes/documents.ts';
import { run } from '../../machine/run.ts';
import { istioctlOffline } from '../../mesh/istioctl.ts';
import { objectsOf } from '../../product/apply.ts';
import { chartSource, helmCommand } from '../../product/charts.ts';
import { type Step, stepsOf } from '../../product/output.ts';

/** Values of Istio's charts. */
export type Values = Readonly<Record<string, unknown>>;

/** Placeholder for an address that only a running cluster knows. */
const SOME_ADDRESS = '192.0.2.99';

/** The parts of the Sail operator's resource that describe the installation. */
interface SailIstio extends KubeObject {
  readonly spec: { readonly version: string; readonly profile?: string; readonly values?: Values };
}

function stepsIn(output: Synthesized, cluster: string, action: string): Step[] {
  return stepsOf(output).filter((step) => step.cluster === cluster && step.action === action);
}

/** The control plane that istioctl would install in a cluster. */
export async function renderedByIstioctl(output: Synthesized, cluster: string): Promise<KubeObject[]> {
  const [step, ...more] = stepsIn(output, cluster, 'istioctl-install');
  if (step === undefined || more.length > 0) throw new Error(`${cluster}: expected one step of istioctl`);
  const file = ['--filename', join(output.directory, step.path)];
  const ran = await istioctlOffline(['manifest', 'generate', ...file, ...lateFlags(step)]);
  if (ran.status !== 0) throw new Error(`${step.path}: ${ran.stderr}`);
  return objectsIn(ran.stdout);
}

/** The control plane that the steps of helm would install in a cluster. */
export async function renderedByHelm(output: Synthesized, cluster: string): Promise<KubeObject[]> {
  const steps = stepsIn(output, cluster, 'helm-upgrade');
  if (steps.length === 0) throw new Error(`${cluster}: expected steps of helm`);
  const rendered = await Promise.all(
    steps.map(({ path, args, ...step }) => {
      const [release = '', namespace = '', chart = '', version = ''] = args;
      const values = ['--values', join(output.directory, path), ...lateFlags({ ...step, path, args })];
      return template(release, namespace, chartSource(chart, version), values);
    }),
  );
  return rendered.flat();
}

/**
 * The values that helm, or the Sail operator with its separate field for a profile, passes to a cluster's istiod chart.
 */
export function valuesOf(output: Synthesized, cluster: string): Values {
  const istiod = stepsIn(output, cluster, 'helm-upgrade').find((step) => step.args[2] === 'istiod');
  if (istiod !== undefined) return parse(readFileSync(join(output.directory, istiod.path), 'utf8')) as Values;
  const [istio, ...more] = stepsIn(output, cluster, 'apply')
    .flatMap((step) => objectsOf(output, step))
    .filter((one) => one.apiVersion === 'sailoperator.io/v1' && one.kind === 'Istio') as SailIstio[];
  if (istio === undefined || more.length > 0) throw new Error(`${cluster}: expected one Istio of the Sail operator`);
  const { profile, values = {} } = istio.spec;
  return profile === undefined ? values : { ...values, profile };
}

/** The control plane that the built version's charts render from values, as the Sail operator installs them. */
export async function renderedFrom(values: Values): Promise<KubeObject[]> {
  const charts = ['base', 'istiod'].map((chart) =>
    template(chart, 'istio-system', chartSource(chart, versionOf('istio')), ['--values', '-'], stringify(values)),
  );
  return (await Promise.all(charts)).flat();
}

async function template(
  release: string,
  namespace: string,
  chart: string,
  flags: readonly string[],
  input = '',
): Promise<KubeObject[]> {
  const words = ['template', release, chart, '--namespace', namespace, ...flags];
  return objectsIn(await run(helmCommand(words), { input, env: { KUBECONFIG: '/nonexistent' } }));
}

function lateFlags({ args }: Step): string[] {
  const late = args.filter((arg) => arg.includes('=gateway-address:'));
  return late.flatMap((arg) => ['--set', `${arg.split('=')[0]}=${SOME_ADDRESS}`]);
}

// Not the reader of the other suites, which records every place in the text: CRDs are long.
function objectsIn(text: string): KubeObject[] {
  return (loadAll(text) as (KubeObject | null)[]).filter((one) => one !== null);
}
