import { objectsOf } from '../../ground/apply.ts';
import { groupOf, type KubeObject } from '../../ground/documents.ts';
import type { Cluster, Synthesized } from '../../ground/ground.ts';
import { apply, find, gone, kubectl } from '../../ground/kubectl.ts';
import { type Step, stageFor, stepsOf } from '../../ground/output.ts';
import type { Federated } from '../federation/effective.ts';

/** The steps of a plan that hand a cluster objects. */
export function applySteps(output: Synthesized): Step[] {
  return stepsOf(output).filter((step) => step.action === 'apply');
}

/**
 * Makes what others than kubectl would have made by the time of a step, and only that: a namespace that an earlier
 * `istioctl install` or a FederatedNamespace brings. A namespace that nobody brings stays missing, and the step fails.
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
    for (const object of objectsOf(output, step).reverse()) await remove(stageFor(output, step.cluster), object);
  }
  await Promise.all(steps.map((step) => removeNamespaces(stageFor(output, step.cluster), objectsOf(output, step))));
}

async function removeNamespaces(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const names = objects.flatMap((one) => one.metadata.namespace ?? []);
  for (const name of new Set(names)) {
    await kubectl(cluster, ['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
    await gone(cluster, ['namespace', name]);
  }
}

async function remove(cluster: Cluster, object: KubeObject): Promise<void> {
  const group = groupOf(object);
  const type = group === '' ? object.kind : `${object.kind}.${group}`;
  const where = object.metadata.namespace === undefined ? [] : [`--namespace=${object.metadata.namespace}`];
  await kubectl(cluster, ['delete', `${type}/${object.metadata.name}`, ...where, '--ignore-not-found', '--wait=false']);
}
