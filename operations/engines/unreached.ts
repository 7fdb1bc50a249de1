import { z } from 'zod';
import { failUntold, type Place } from '../removal/place.ts';

const registrationsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish() }).nullish(),
    }),
  ),
});

/**
 * The engine's names of the clusters that it does not reach. Without the kind of its registrations the engine is gone, and
 * there is nothing to wait for.
 */
export async function unreachedIn(
  place: Place,
  group: string,
  kind: string,
  namespace: string | null,
): Promise<readonly string[]> {
  const served = place.kinds.find(group, kind);
  if (served === null && !place.kinds.isComplete) failUntold(place, kind, 'it does not list all of its kinds');
  if (served === null) return [];
  const resource = `${served.plural}.${group}`;
  const answer = await place.cluster.kubectl.get({ resource, name: null, namespace }, registrationsSchema);
  if (answer.kind === 'failed') failUntold(place, resource, answer.reason);
  if (answer.kind === 'absent') return [];
  const unready = answer.value.items.filter(
    ({ status }) => !(status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  );
  return unready.map(({ metadata }) => metadata.name);
}
