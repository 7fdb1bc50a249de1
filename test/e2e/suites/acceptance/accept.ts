import type { Cluster, Synthesized } from '../../environment.ts';
import { type KubeObject, listOf } from '../../kubernetes/documents.ts';
import { apply, find, gone, kubectl } from '../../kubernetes/kubectl.ts';
import { objectsOf } from '../../product/apply.ts';
import { definitionsAmong } from '../../product/gates.ts';
import { clusterFor, clustersOf, hostOf, type ListedObject, type Step, stepsOf } from '../../product/output.ts';

/** The steps of a plan that apply objects to a cluster. */
export function applySteps(output: Synthesized): Step[] {
  return stepsOf(output).filter((step) => step.action === 'apply');
}

/**
 * Makes only those objects that something other than kubectl would have made before a step: KubeFed's namespace on the
 * host, or a namespace from an earlier `istioctl install`, a FederatedNamespace or a Karmada policy. A namespace that
 * nothing creates stays missing, and the step fails.
 */
export async function bringNamespaces(
  output: Synthesized,
  before: readonly Step[],
  step: Step,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const cluster = clusterFor(output, step.cluster);
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
  // The federation's control plane exists before any object of ours.
  if (name === 'kube-federation-system') return hostOf(output) === step.cluster;
  const installed = before.some((one) => one.action === 'istioctl-install' && one.cluster === step.cluster);
  if (name === 'istio-system' && installed) return true;
  const applied = before.filter((one) => one.action === 'apply').flatMap((one) => objectsOf(output, one));
  const cluster = names.get(step.cluster);
  return cluster !== undefined && applied.some((one) => bringsNamespace(one, name, cluster));
}

/** The destinations in a federated object or a policy, in the terms of its engine. */
interface Bringing {
  readonly placement?: {
    readonly clusters?: readonly { readonly name: string }[];
    readonly clusterAffinity?: { readonly clusterNames?: readonly string[] };
  };
  readonly resourceSelectors?: readonly { readonly kind: string; readonly name?: string }[];
}

function bringsNamespace(object: KubeObject, name: string, cluster: string): boolean {
  const { placement, resourceSelectors } = (object as unknown as { spec?: Bringing }).spec ?? {};
  if (object.kind === 'FederatedNamespace') {
    return object.metadata.name === name && placement?.clusters?.some((one) => one.name === cluster) === true;
  }
  if (object.kind !== 'ClusterPropagationPolicy') return false;
  const isSelected = resourceSelectors?.some((one) => one.kind === 'Namespace' && one.name === name) === true;
  return isSelected && placement?.clusterAffinity?.clusterNames?.includes(cluster) === true;
}

/**
 * Deletes an output's objects from every cluster, last object first, then their namespaces, and waits until the
 * namespaces and the kinds of the output are gone.
 */
export async function removeAll(output: Synthesized): Promise<void> {
  await Promise.all(
    clustersOf(output).map(async (name) => {
      const cluster = clusterFor(output, name);
      const steps = applySteps(output).filter((step) => step.cluster === name);
      const objects = steps.flatMap((step) => objectsOf(output, step)).reverse();
      await kubectl(cluster, ['delete', '--filename=-', '--ignore-not-found', '--wait=false'], listOf(objects));
      await removeNamespaces(cluster, new Set(objects.flatMap((one) => one.metadata.namespace ?? [])));
      for (const { metadata } of definitionsAmong(objects)) await gone(cluster, ['crd', metadata.name]);
    }),
  );
}

async function removeNamespaces(cluster: Cluster, names: ReadonlySet<string>): Promise<void> {
  if (names.size === 0) return;
  await kubectl(cluster, ['delete', 'namespace', ...names, '--ignore-not-found', '--wait=false']);
  await Promise.all([...names].map((name) => gone(cluster, ['namespace', name])));
}

/** Fails unless a cluster has every one of these objects. kubectl reports the missing ones. */
export async function expectThere(cluster: Cluster, objects: readonly ListedObject[]): Promise<void> {
  for (const namespace of new Set(objects.map((one) => one.namespace))) {
    const inside = objects.filter((one) => one.namespace === namespace);
    const names = inside.map(({ group, kind, name }) => `${group === '' ? kind : `${kind}.${group}`}/${name}`);
    await kubectl(cluster, ['get', ...names, ...(namespace === '' ? [] : [`--namespace=${namespace}`])]);
  }
}
