import { z } from 'zod';
import type { ObjectReference } from '../../../clusters/changes.ts';
import type { Cluster } from '../../../clusters/cluster.ts';
import { waitingFor } from '../../../clusters/waiting.ts';
import { lookUp } from '../../../conditions/look-up.ts';
import type { PlannedObject } from '../../../plan/planned-objects.ts';
import type { Waiting } from '../../engine-steps.ts';

const generation = z.int().min(0).optional();
const bindingSchema = z.object({
  kind: z.enum(['ResourceBinding', 'ClusterResourceBinding']),
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), generation }),
  spec: z.object({
    clusters: z.array(z.object({ name: z.string() })).default([]),
    placement: z
      .object({
        clusterAffinity: z.object({ clusterNames: z.array(z.string()).default([]) }).default({ clusterNames: [] }),
      })
      .default({ clusterAffinity: { clusterNames: [] } }),
  }),
  status: z
    .object({
      schedulerObservedGeneration: generation,
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .default({ conditions: [] }),
});
type Binding = z.output<typeof bindingSchema>;

/** Waits until every cluster has the objects. Karmada's binding of an object lists these clusters. */
export async function propagationWaits(cluster: Cluster, objects: readonly PlannedObject[]): Promise<Waiting> {
  const delivered = objects.filter(({ group }) => group !== 'policy.karmada.io');
  if (delivered.length === 0) return null;
  return waitingFor(await lookUp(cluster, delivered.map(bindingOf), bindingSchema), (bindings) => {
    const at = bindings.findIndex(({ found }) => found === null || !isEverywhere(found));
    const late = delivered[at];
    return late === undefined ? null : `Karmada has not delivered ${late.kind} ${late.name} to every cluster`;
  });
}

// Deployment shop/catalog has the binding shop/catalog-deployment.
function bindingOf({ kind, namespace, name }: PlannedObject): ObjectReference {
  return {
    group: 'work.karmada.io',
    kind: namespace === null ? 'ClusterResourceBinding' : 'ResourceBinding',
    namespace,
    name: `${name.replaceAll(':', '.')}-${kind}`.toLowerCase(),
  };
}

// "FullyApplied" alone is not enough: it ignores a cluster that Karmada has left out.
function isEverywhere({ metadata, spec, status }: Binding): boolean {
  const isApplied = status.conditions.some((one) => one.type === 'FullyApplied' && one.status === 'True');
  const chosen = spec.clusters.map(({ name }) => name).sort();
  const wanted = [...spec.placement.clusterAffinity.clusterNames].sort();
  return isApplied && metadata.generation === status.schedulerObservedGeneration && chosen.join() === wanted.join();
}
