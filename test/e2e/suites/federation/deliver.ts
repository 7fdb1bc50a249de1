import type { Cluster, Synthesized } from '../../environment.ts';
import { type KubeObject, listOf } from '../../kubernetes/documents.ts';
import { apply } from '../../kubernetes/kubectl.ts';
import { applyStep, objectsOf } from '../../product/apply.ts';
import { hold, propagated } from '../../product/gates.ts';
import { clusterFor, type Step, stepsOf } from '../../product/output.ts';
import { isOfTheMesh } from './effective.ts';

/** The waves with workloads; the others contain the mesh. */
const WAVES = ['05-federation-control-plane', '10-foundation', '60-federation', '70-workloads'];

/** The steps of a plan that apply workloads, in its order. */
export function workloadSteps(output: Synthesized): Step[] {
  return stepsOf(output).filter((step) => WAVES.includes(step.wave) && step.action === 'apply');
}

/**
 * Takes the steps of a plan that apply federated workloads, each followed by its gate. Objects of istio-system are left
 * out, since the mesh of another suite may live there. `prepare` is called for each namespace when all clusters have
 * it.
 */
export async function deliver(output: Synthesized, prepare: (namespace: string) => Promise<void>): Promise<void> {
  for (const step of workloadSteps(output)) {
    const cluster = clusterFor(output, step.cluster);
    const objects = objectsOf(output, step);
    if (step.wave === '10-foundation')
      await applyAll(
        cluster,
        objects.filter((one) => !isOfTheMesh(one)),
      );
    if (step.wave === '05-federation-control-plane') {
      await applyStep(output, step);
      await hold(output, step);
    }
    if (step.wave === '60-federation') {
      const namespaces = objects.filter((one) => one.kind === 'FederatedNamespace');
      await applyAll(cluster, namespaces);
      await propagated(cluster, namespaces);
      for (const { metadata } of namespaces) await prepare(metadata.name);
      await applyStep(output, step);
      await hold(output, step);
    }
  }
}

/** Applies objects in one command, in their order. */
export async function applyAll(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  if (objects.length > 0) await apply(cluster, listOf(objects));
}

/** Lets no pod start in a namespace: the images of the shop do not exist, and these tests do not concern pods. */
export async function forbidPods(cluster: Cluster, namespace: string): Promise<void> {
  const metadata = { name: 'no-pods', namespace };
  await apply(
    cluster,
    JSON.stringify({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '0' } } }),
  );
}
