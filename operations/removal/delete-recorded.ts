import type { ObjectReference } from '../clusters/changes.ts';
import { tellLeft, whyLeft } from './claims.ts';
import { deleteObjects } from './delete.ts';
import { lookUp } from './look-up.ts';
import type { Place } from './place.ts';

/** Deletes those of some recorded objects that are ours, says which others are left, and waits until the former are gone. */
export async function deleteRecorded(place: Place, objects: readonly ObjectReference[]): Promise<void> {
  const found = await lookUp(place, objects);
  const judged = found.map((object) => ({ object, why: whyLeft(place, object) }));
  for (const { object, why } of judged) if (why !== null) tellLeft(place, object, why);
  const ours = judged.filter(({ why }) => why === null).map(({ object }) => object);
  await deleteObjects(place, ours, (object) => whyLeft(place, object) === null);
}
