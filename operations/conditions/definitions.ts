import { z } from 'zod';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { waitingFor } from '../clusters/waiting.ts';
import { lookUp } from './look-up.ts';

const definitionSchema = z.object({
  kind: z.literal('CustomResourceDefinition'),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) })
    .default({ conditions: [] }),
});

/** Why a cluster does not serve the kinds of some CustomResourceDefinitions yet; null if it serves all of them. */
export async function definitionsWait(
  cluster: Cluster,
  definitions: readonly ObjectReference[],
): Promise<string | null> {
  if (definitions.length === 0) return null;
  return waitingFor(await lookUp(cluster, definitions, definitionSchema), (objects) => {
    const missing = objects.find(({ found }) => !isEstablished(found?.status.conditions ?? []));
    return missing === undefined ? null : `${cluster.name} does not serve ${missing.reference.name}`;
  });
}

function isEstablished(conditions: readonly { readonly type: string; readonly status: string }[]): boolean {
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
