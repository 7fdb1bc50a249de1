import { resourceOf as pluralOf } from '../../clusters/served-kinds.ts';
import { istioDefinitions } from '../../record/record-rows.ts';
import { whyKept } from '../../removal/claims.ts';
import { deleteObjects } from '../../removal/delete.ts';
import { listObjects } from '../../removal/list-objects.ts';
import { type FoundObject, lookUp } from '../../removal/look-up.ts';
import { failUntold, type Place } from '../../removal/place.ts';
import { resourceOf } from '../../removal/resource.ts';

/**
 * Deletes CustomResourceDefinitions: all of them, or none if there is an object of one of them.
 *
 * @param whyNot says why one stays, besides that
 */
export async function removeDefinitions(
  place: Place,
  names: readonly string[],
  whyNot: (found: FoundObject) => string | null,
): Promise<void> {
  const references = names.map((name) => ({ ...istioDefinitions, name }));
  const present = await lookUp(place, references);
  const left = (count: number, why: string): void =>
    place.tell(`left on ${place.cluster.name}: ${count} CustomResourceDefinition${count === 1 ? '' : 's'}; ${why}`);
  for (const found of present) {
    const why = whyKept(place, found) ?? whyNot(found);
    if (why !== null) return left(present.length, `${found.name}: ${why}`);
  }
  const objects = await objectsOf(place, present);
  if (objects.length > 0)
    return left(present.length, `somebody else has objects of these kinds: ${objects.slice(0, 20).join(' ')}`);
  await deleteObjects(place, present, (found) => whyNot(found) === null);
}

async function objectsOf(place: Place, definitions: readonly FoundObject[]): Promise<readonly string[]> {
  if (definitions.length === 0) return [];
  if (!place.kinds.isComplete) failUntold(place, 'objects of these kinds', 'it does not list all of its kinds');
  const defined = new Set(definitions.map(({ name }) => name));
  const served = place.kinds.all.map(pluralOf).filter((name) => defined.has(name));
  if (served.length === 0) return [];
  const found = await listObjects(place, { resource: served.join(','), namespace: null, isEverywhere: true });
  return found.map(resourceOf);
}
