import { filesOf, objectsOf } from '../../ground/apply.ts';
import type { Cluster, Synthesized } from '../../ground/ground.ts';
import { apply, find, gone, kubectl } from '../../ground/kubectl.ts';
import { clustersOf, hostOf, type ListedObject, type Step, stageFor, stepsOf } from '../../ground/output.ts';
import type { Federated } from '../federation/effective.ts';

/** The steps of a plan that hand a cluster objects. */
export function applySteps(output: Synthesized): Step[] {
  return stepsOf(output).filter((step) => step.action === 'apply');
}

/**
 * Makes what others than kubectl would have made by the time of a step, and only that: KubeFed's namespace on the host,
 * a namespace that an earlier `istioctl install` or a FederatedNamespace brings. One that nobody brings stays missing,
 * and the step fails.
 */
export async function bringNamespaces(
  output: Synthesized,
  before: readonly Step[],
  step: Step,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const cluster = stageFor(output, step.cluster);
  const needed = new Set(
    objectsOf(output, step)
      .map((one) => one.metadata.namespace)
      .filter((name) => name !== undefined),
  );
  for (const name of needed) {
    if ((await find(cluster, [`namespace/${name}`])) !== undefined) continue;
    if (isBrought(output, before, step, name, names)) {
      await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    }
  }
}

function isBrought(
  output: Synthesized,
  before: readonly Step[],
  step: Step,
  name: string,
  names: ReadonlyMap<string, string>,
): boolean {
  // The federation's control plane is there before anything of ours.
  if (name === 'kube-federation-system') return hostOf(output) === step.cluster;
  const installed = before.some((one) => one.action === 'istioctl-install' && one.cluster === step.cluster);
  if (name === 'istio-system' && installed) return true;
  const applied = before.filter((one) => one.action === 'apply').flatMap((one) => objectsOf(output, one));
  const federated = applied.filter(
    (one) => one.kind === 'FederatedNamespace' && one.metadata.name === name,
  ) as unknown as Federated[];
  return federated.some((one) =>
    one.spec.placement.clusters?.some((placed) => placed.name === names.get(step.cluster)),
  );
}

/** Deletes an output's objects, last step first, then the namespaces they were in, and waits until those are gone. */
export async function removeAll(output: Synthesized): Promise<void> {
  const steps = applySteps(output).reverse();
  for (const step of steps) {
    const how = ['--ignore-not-found', '--wait=false'];
    await kubectl(stageFor(output, step.cluster), ['delete', filesOf(output, step), ...how]);
  }
  const names = (cluster: string) =>
    steps
      .filter((step) => step.cluster === cluster)
      .flatMap((step) => objectsOf(output, step))
      .flatMap((one) => one.metadata.namespace ?? []);
  await Promise.all(
    clustersOf(output).map((cluster) => removeNamespaces(stageFor(output, cluster), new Set(names(cluster)))),
  );
}

async function removeNamespaces(cluster: Cluster, names: ReadonlySet<string>): Promise<void> {
  if (names.size === 0) return;
  await kubectl(cluster, ['delete', 'namespace', ...names, '--ignore-not-found', '--wait=false']);
  await Promise.all([...names].map((name) => gone(cluster, ['namespace', name])));
}

/** Fails unless a cluster has every one of these objects; kubectl says which it has not. */
export async function expectThere(cluster: Cluster, objects: readonly ListedObject[]): Promise<void> {
  for (const namespace of new Set(objects.map((one) => one.namespace))) {
    const inside = objects.filter((one) => one.namespace === namespace);
    const names = inside.map(({ group, kind, name }) => `${group === '' ? kind : `${kind}.${group}`}/${name}`);
    await kubectl(cluster, ['get', ...names, ...(namespace === '' ? [] : [`--namespace=${namespace}`])]);
  }
}
