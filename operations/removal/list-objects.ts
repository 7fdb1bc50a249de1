import { z } from 'zod';
import type { ObjectQuery } from '../clusters/kubectl.ts';
import { type FoundObject, foundSchema } from './look-up.ts';
import { failUntold, type Place } from './place.ts';

const listSchema = z.object({ items: z.array(foundSchema) });

/** Lists objects of some kinds. The kinds must be served. */
export async function listObjects(place: Place, query: Omit<ObjectQuery, 'name'>): Promise<readonly FoundObject[]> {
  const answer = await place.cluster.kubectl.get({ ...query, name: null }, listSchema);
  if (answer.kind === 'failed') failUntold(place, query.resource.split(',')[0] ?? query.resource, answer.reason);
  // kubectl prints nothing for an empty list.
  return answer.kind === 'found' ? answer.value.items : [];
}
