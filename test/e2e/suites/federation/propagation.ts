import { expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { identityOf, type KubeObject, listOf } from '../../kubernetes/documents.ts';
import { findAll, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { objectsOf } from '../../product/apply.ts';
import { clusterFor, type Step } from '../../product/output.ts';
import { deliver, forbidPods, workloadSteps } from './deliver.ts';
import { describeEffective, effectiveOf } from './effective.ts';

/** Tests that KubeFed turns an output, applied in the order of its plan, into the content of its `effective/`. */
export function describePropagation(output: Synthesized, clusters: readonly Cluster[], pods: 'start' | 'stay away') {
  test('the host accepts it, and KubeFed propagates every object of it', async () => {
    await deliver(output, async (namespace) => {
      if (pods === 'stay away') for (const cluster of clusters) await forbidPods(cluster, namespace);
    });
  });

  const effective = effectiveOf(output, clusters);
  describeEffective(effective);

  test('all federated objects are among the expected ones', () => {
    const expected = new Set(effective.flatMap(({ objects }) => objects.map(identityOf)));
    expect(expected.size).toBe(federatedOf(output).length);
  });
}

/** Asks the host to delete the federated objects of an output, except for its namespaces. */
export async function beginDeletion(output: Synthesized): Promise<void> {
  const objects = federatedOf(output).filter((one) => one.kind !== 'FederatedNamespace');
  await kubectl(hostOfWorkloads(output), ['delete', '--filename=-', '--wait=false'], listOf(objects));
}

/** Waits until the objects deleted from the host are gone from every cluster; then its namespaces may be deleted. */
export async function finishDeletion(output: Synthesized, clusters: readonly Cluster[]): Promise<void> {
  const host = hostOfWorkloads(output);
  for (const { cluster, objects } of effectiveOf(output, clusters)) {
    const inNamespaces = objects.filter((one) => one.kind !== 'Namespace');
    await until(`${cluster.name} has nothing of it`, 60, async () => {
      expect((await findAll(cluster, inNamespaces)).map(identityOf)).toEqual([]);
      return true;
    });
  }
  const namespaces = federatedOf(output).filter((one) => one.kind === 'FederatedNamespace');
  for (const { metadata } of namespaces) {
    const where = [`--namespace=${metadata.namespace}`, '--wait=false'];
    await kubectl(host, ['delete', `federatednamespace/${metadata.name}`, ...where]);
    await kubectl(host, ['delete', `namespace/${metadata.name}`, '--wait=false']);
  }
}

function federatedOf(output: Synthesized): KubeObject[] {
  return federationSteps(output).flatMap((step) => objectsOf(output, step));
}

function hostOfWorkloads(output: Synthesized): Cluster {
  const [step] = federationSteps(output);
  if (step === undefined) throw new Error(`${output.declaration} federates nothing`);
  return clusterFor(output, step.cluster);
}

function federationSteps(output: Synthesized): Step[] {
  return workloadSteps(output).filter((step) => step.wave === '60-federation');
}
