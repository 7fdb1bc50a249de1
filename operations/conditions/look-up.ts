import type { z } from 'zod';
import { type Answer, mapAnswer } from '../clusters/answer.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { apiVersionOf } from '../clusters/served-kinds.ts';

/** An object that was asked for, and what the cluster has of it: null if there is none. */
export interface LookedUp<T> {
  readonly reference: ObjectReference;
  readonly found: T | null;
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

/**
 * Looks several objects up by one question. A kind that the cluster does not serve yet has no objects.
 *
 * @param schema must keep the kind, the name and the namespace
 */
export async function lookUp<T extends Named>(
  cluster: Cluster,
  references: readonly ObjectReference[],
  schema: z.ZodType<T>,
): Promise<Answer<readonly LookedUp<T>[]>> {
  const served = await servedOf(cluster, references);
  if (served.kind !== 'found') return served;
  const asked = references.flatMap(({ group, kind, namespace, name }) => {
    const one = served.value.find(group, kind);
    return one === null ? [] : [{ apiVersion: apiVersionOf(one), kind, namespace, name }];
  });
  return mapAnswer(await cluster.kubectl.getMany(asked, schema), (objects) => {
    const known = new Map(
      objects.map((object) => [keyOf(object.kind, object.metadata.namespace ?? null, object.metadata.name), object]),
    );
    return references.map((reference) => ({
      reference,
      found: known.get(keyOf(reference.kind, reference.namespace, reference.name)) ?? null,
    }));
  });
}

// What was read before may lack kinds that have come since.
async function servedOf(cluster: Cluster, references: readonly ObjectReference[]) {
  const known = await cluster.kinds.known();
  const isEnough =
    known.kind === 'found' && references.every(({ group, kind }) => known.value.find(group, kind) !== null);
  return isEnough ? known : cluster.kinds.ofNow();
}

const keyOf = (kind: string, namespace: string | null, name: string): string => `${kind}/${namespace ?? ''}/${name}`;
