import { expect } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { asCreated, comparable } from '../../kubernetes/as-created.ts';
import type { KubeObject } from '../../kubernetes/documents.ts';
import { find, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { effectiveOf } from './effective.ts';

/** Changes the Deployment of an output manually: one cluster scales it, the others delete it. */
export async function disturb(output: Synthesized, clusters: readonly Cluster[]): Promise<void> {
  for (const [index, { cluster, deployment }] of deploymentsOf(output, clusters).entries()) {
    if (index === 0) await kubectl(cluster, ['scale', ...wordsOf(deployment), '--replicas=3']);
    else await kubectl(cluster, ['delete', ...wordsOf(deployment)]);
  }
}

/** Waits until each cluster has the Deployment again, equal to the one that its API server alone would make. */
export async function expectMended(output: Synthesized, clusters: readonly Cluster[]): Promise<void> {
  for (const { cluster, deployment } of deploymentsOf(output, clusters)) {
    const wanted = await asCreated(cluster, deployment);
    await until(`KubeFed restores ${cluster.name}`, 60, async () => {
      const found = await find<KubeObject>(cluster, wordsOf(deployment));
      expect(found === undefined ? undefined : comparable({ ...found })).toEqual(wanted);
      return true;
    });
  }
}

function deploymentsOf(output: Synthesized, clusters: readonly Cluster[]) {
  return effectiveOf(output, clusters).map(({ cluster, objects }) => {
    const deployment = objects.find((one) => one.kind === 'Deployment');
    if (deployment === undefined) throw new Error(`${output.declaration} has no Deployment in ${cluster.name}`);
    return { cluster, deployment };
  });
}

function wordsOf({ metadata }: KubeObject): string[] {
  return [`deployment/${metadata.name}`, `--namespace=${metadata.namespace}`];
}
