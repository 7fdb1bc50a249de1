import { z } from 'zod';
import type { Cluster } from '../../../clusters/cluster.ts';
import { waitingFor } from '../../../clusters/waiting.ts';
import { lookUp } from '../../../conditions/look-up.ts';
import type { PlannedObject } from '../../../plan/planned-objects.ts';
import type { Waiting } from '../../engine-steps.ts';

const definitionSchema = z.object({
  kind: z.literal('CustomResourceDefinition'),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.object({ group: z.string(), names: z.object({ kind: z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/) }) }),
});

const enablementSchema = z.object({
  groupVersion: z.string(),
  resources: z.array(z.object({ kind: z.string() })).default([]),
});

const clustersSchema = z.object({
  items: z.array(
    z.object({
      status: z
        .object({
          apiEnablements: z.array(enablementSchema).default([]),
        })
        .default({ apiEnablements: [] }),
    }),
  ),
});

/**
 * Waits until Karmada knows that every cluster has the kinds of CustomResourceDefinitions. It silently leaves out other
 * clusters, for ever.
 */
export async function typesWait(cluster: Cluster, objects: readonly PlannedObject[]): Promise<Waiting> {
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  if (definitions.length === 0) return null;
  const answer = await lookUp(cluster, definitions, definitionSchema);
  if (answer.kind !== 'found') return waitingFor(answer, () => null);
  const wanted = answer.value.map(({ reference, found }) =>
    found === null ? reference.name : kindOf(found.spec.group, found.spec.names.kind),
  );
  const query = { resource: 'clusters.cluster.karmada.io', name: null, namespace: null };
  return waitingFor(await cluster.kubectl.get(query, clustersSchema), ({ items }) => {
    const known = items.map(servedBy);
    const missing = wanted.find((kind) => items.length === 0 || known.some((served) => !served.has(kind)));
    return missing === undefined ? null : `Karmada does not know yet that every cluster has ${missing}`;
  });
}

type Member = z.output<typeof clustersSchema>['items'][number];

function servedBy({ status }: Member): ReadonlySet<string> {
  return new Set(
    status.apiEnablements.flatMap(({ groupVersion, resources }) =>
      resources.map(({ kind }) => kindOf(groupVersion.replace(/\/.*/s, ''), kind)),
    ),
  );
}

// Another group may have a kind of the same name, such as Gateway.
const kindOf = (group: string, kind: string): string => `${kind} of ${group}`;
