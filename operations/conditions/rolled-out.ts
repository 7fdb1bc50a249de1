import { z } from 'zod';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { waitingFor } from '../clusters/waiting.ts';
import { lookUp } from './look-up.ts';

const count = z.int().min(0).max(1_000_000).default(0);
// An autoscaler changes the object with every step.
const generation = z.int().min(0).default(0);
const deploymentSchema = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string(), namespace: z.string(), generation }),
  spec: z.object({ replicas: count.default(1) }),
  status: z
    .object({ observedGeneration: generation, replicas: count, updatedReplicas: count, availableReplicas: count })
    .default({ observedGeneration: 0, replicas: 0, updatedReplicas: 0, availableReplicas: 0 }),
});
type Deployment = z.output<typeof deploymentSchema>;

/** A Deployment by its name. */
export function deployment(namespace: string, name: string): ObjectReference {
  return { group: 'apps', kind: 'Deployment', namespace, name };
}

/** Why some Deployments are not rolled out yet, as `kubectl rollout status` judges it; null if all of them are. */
export async function rolloutWaits(cluster: Cluster, deployments: readonly ObjectReference[]): Promise<string | null> {
  if (deployments.length === 0) return null;
  return waitingFor(await lookUp(cluster, deployments, deploymentSchema), (objects) => {
    for (const { reference, found } of objects) {
      const name = `deployment ${reference.namespace}/${reference.name}`;
      const reason = found === null ? 'it does not exist' : reasonOf(found);
      if (reason !== null) return `${name}: ${reason}`;
    }
    return null;
  });
}

function reasonOf({ metadata, spec, status }: Deployment): string | null {
  const { replicas } = spec;
  if (status.observedGeneration < metadata.generation) return 'its controller has not seen its last change';
  if (status.updatedReplicas < replicas) return `${status.updatedReplicas} of ${replicas} pods are new ones`;
  if (status.replicas > status.updatedReplicas)
    return `${status.replicas - status.updatedReplicas} old pods are still there`;
  if (status.availableReplicas < replicas) return `${status.availableReplicas} of ${replicas} pods are available`;
  return null;
}
