import { z } from 'zod';
import type { Cluster } from '../../../clusters/cluster.ts';
import { waitingFor } from '../../../clusters/waiting.ts';
import { lookUp } from '../../../conditions/look-up.ts';
import type { PlannedObject } from '../../../plan/planned-objects.ts';
import type { Waiting } from '../../engine-steps.ts';

const typeSchema = z.object({
  kind: z.literal('FederatedTypeConfig'),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  status: z.object({ propagationController: z.string().default('') }).default({ propagationController: '' }),
});

/** Waits until KubeFed watches the types of FederatedTypeConfigs. */
export async function typesWait(cluster: Cluster, objects: readonly PlannedObject[]): Promise<Waiting> {
  const types = objects.filter(({ kind }) => kind === 'FederatedTypeConfig');
  if (types.length === 0) return null;
  return waitingFor(await lookUp(cluster, types, typeSchema), (found) => {
    const late = found.find((one) => one.found?.status.propagationController !== 'Running');
    return late === undefined ? null : `KubeFed does not watch the type ${late.reference.name} yet`;
  });
}

const generation = z.int().min(0);
const federatedSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), generation }),
  status: z
    .object({
      // Before KubeFed 0.6 the status does not name its generation.
      observedGeneration: generation.optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), reason: z.string().max(200).default('') }))
        .default([]),
    })
    .default({ conditions: [] }),
});
type Federated = z.output<typeof federatedSchema>;

/** Waits until KubeFed has propagated the current generation of Federated objects. */
export async function propagationWaits(cluster: Cluster, objects: readonly PlannedObject[]): Promise<Waiting> {
  const federated = objects.filter(({ group }) => group === 'types.kubefed.io');
  if (federated.length === 0) return null;
  return waitingFor(await lookUp(cluster, federated, federatedSchema), (all) => {
    for (const { reference, found } of all) {
      const reason = found === null ? 'it does not exist' : reasonOf(found);
      if (reason !== null) return `${reference.kind} ${reference.name} is not propagated: ${reason}`;
    }
    return null;
  });
}

function reasonOf({ metadata, status }: Federated): string | null {
  if ((status.observedGeneration ?? metadata.generation) !== metadata.generation)
    return 'KubeFed has not seen its last change';
  const propagation = status.conditions.find(({ type }) => type === 'Propagation');
  if (propagation === undefined) return 'KubeFed has not begun';
  return propagation.status === 'True' ? null : propagation.reason || 'KubeFed does not say why';
}
