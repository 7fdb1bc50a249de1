import { describe, expect, test } from 'vitest';
import { filesOf, objectsOf } from '../../ground/apply.ts';
import { identityOf, type KubeObject } from '../../ground/documents.ts';
import type { Cluster, Synthesized } from '../../ground/ground.ts';
import { findAll, kubectl } from '../../ground/kubectl.ts';
import { stageFor } from '../../ground/output.ts';
import { deliver, forbidPods, workloadSteps } from './deliver.ts';
import { describeEffective, effectiveOf } from './effective.ts';

/** Tests that KubeFed makes of an output, applied in the order of its plan, what its `effective/` says. */
export function describePropagation(output: Synthesized, clusters: readonly Cluster[], pods: 'start' | 'stay away') {
  test('the host accepts it, and KubeFed propagates every object of it', async () => {
    await deliver(output, async (namespace) => {
      if (pods === 'stay away') for (const cluster of clusters) await forbidPods(cluster, namespace);
    });
  });

  const effective = effectiveOf(output, clusters);
  describeEffective(effective);

  test('all that is federated is among what is expected', () => {
    const expected = new Set(effective.flatMap(({ objects }) => objects.map(identityOf)));
    expect(expected.size).toBe(federatedOf(output).length);
  });
}

/** Tests that what is deleted from the host goes from every cluster; its namespaces go after it. */
export function describeDeletion(output: Synthesized, clusters: readonly Cluster[]): void {
  describe('deleted from the host', () => {
    test('it goes from every cluster', async () => {
      const effective = effectiveOf(output, clusters);
      const namespaces = effective.flatMap(({ objects }) => objects.filter((one) => one.kind === 'Namespace'));
      const [step] = workloadSteps(output).filter((one) => one.wave === '60-federation');
      if (step === undefined) throw new Error('there is no wave 60-federation');
      const host = stageFor(output, step.cluster);
      const inThem = objectsOf(output, step).filter((one) => one.kind !== 'FederatedNamespace');
      await kubectl(
        host,
        ['delete', '--filename=-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: inThem }),
      );
      for (const { cluster, objects } of effective) {
        const left = await findAll(
          cluster,
          objects.filter((one) => one.kind !== 'Namespace'),
        );
        expect(left.map(identityOf), cluster.name).toEqual([]);
      }
      await kubectl(host, ['delete', filesOf(output, step), '--ignore-not-found', '--wait=false']);
      const names = new Set(namespaces.map((one) => one.metadata.name));
      await kubectl(host, ['delete', 'namespace', ...names, '--wait=false']);
    });
  });
}

function federatedOf(output: Synthesized): KubeObject[] {
  const steps = workloadSteps(output).filter((step) => step.wave === '60-federation');
  return steps.flatMap((step) => objectsOf(output, step));
}
