import type { JsonMap } from '../api/object.ts';
import { valueAt } from '../api/object.ts';
import { type Controller, objectsOf, setStatus } from './controller.ts';
import { endPods, runPods } from './pods.ts';

/** Runs the pods of Deployments, and says when these are available. */
export const workloads: Controller = ({ server, unavailable, isKarmada }) => {
  if (isKarmada) return;
  const deployments = objectsOf(server, 'deployments.apps');
  for (const deployment of deployments) {
    const { namespace = '', name, generation = 1, deletionTimestamp } = deployment.metadata;
    if (deletionTimestamp !== undefined) continue;
    const replicas = Number(valueAt(deployment, 'spec', 'replicas') ?? 1);
    const isAvailable = !unavailable.includes(`${namespace}/${name}`);
    if (isAvailable) runPods(server, deployment, replicas);
    setStatus(server, deployment, { observedGeneration: generation, ...statusOf(replicas, isAvailable) });
  }
  endPods(server, deployments);
};

function statusOf(replicas: number, isAvailable: boolean): JsonMap {
  const ready = { readyReplicas: replicas, availableReplicas: replicas };
  const [status, why] = isAvailable ? ['True', 'MinimumReplicasAvailable'] : ['False', 'MinimumReplicasUnavailable'];
  return {
    replicas,
    updatedReplicas: replicas,
    ...(isAvailable ? ready : { unavailableReplicas: replicas }),
    conditions: [
      { type: 'Available', status, reason: why },
      { type: 'Progressing', status: 'True', reason: isAvailable ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated' },
    ],
  };
}
