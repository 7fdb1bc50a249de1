import type { ObjectReference } from '../../../clusters/changes.ts';
import type { RecordedObject } from '../../../record/record.ts';
import { tellLeft, whyLeft } from '../../../removal/claims.ts';
import { deleteRecorded } from '../../../removal/delete-recorded.ts';
import { listObjects } from '../../../removal/list-objects.ts';
import { lookUpOne } from '../../../removal/look-up.ts';
import type { Place } from '../../../removal/place.ts';
import { resourceOf } from '../../../removal/resource.ts';
import { isCreated } from '../../../undoing/ledger.ts';
import type { Undoing } from '../../../undoing/undoing.ts';
import { disownEverywhere, disownUnbrought } from '../../disown.ts';
import { deleteOrphaning } from './delete-orphaning.ts';
import { federatedGroup } from './names.ts';

/** The label on everything that KubeFed creates. */
export const kubefedLabel = 'kubefed.io/managed';

/**
 * Undoes what KubeFed delivered. KubeFed deletes the copies of an object that is deleted on the host, and its finalizers wait
 * for that. A FederatedNamespace would take the namespaces of all members along, even those that existed before, so it is
 * deleted alone, at the end. The objects in it come first: deleted together with it, they would race with it.
 */
export async function undoKubefedObjects(
  undoing: Undoing,
  place: Place,
  objects: readonly RecordedObject[],
): Promise<readonly RecordedObject[]> {
  const own = objects.filter(({ group }) => group === federatedGroup);
  const isNamespace = ({ kind }: ObjectReference): boolean => kind === 'FederatedNamespace';
  await deleteRecorded(
    place,
    own.filter((object) => !isNamespace(object)),
  );
  for (const object of own.filter(isNamespace)) await undoFederatedNamespace(undoing, place, object);
  return objects.filter((object) => !own.includes(object));
}

async function undoFederatedNamespace(undoing: Undoing, place: Place, object: RecordedObject): Promise<void> {
  const found = await lookUpOne(place, object);
  if (found === null) return;
  const record = undoing.ledger.recordOf(place.cluster.name);
  const others = await federatedIn(place, object.name);
  const why =
    others.length > 0 ? others.join(' ') : isCreated(record, object) ? whyLeft(place, found) : 'it was there before';
  if (why !== null) {
    tellLeft(place, object, why);
    await disownEverywhere(undoing, object.name);
    return;
  }
  // Once KubeFed is deleting it, the labels no longer tell to which clusters it has brought the namespace.
  if (!found.isBeingDeleted) await disownUnbrought(undoing, kubefedLabel, object.name);
  await deleteOrphaning(place, object);
}

/** What else is federated in a namespace, or anywhere. */
export async function federatedIn(place: Place, namespace: string | null): Promise<readonly string[]> {
  const kinds = place.kinds.all.filter(
    ({ group, kind, isNamespaced }) =>
      group === federatedGroup && (namespace === null || (isNamespaced && kind !== 'FederatedNamespace')),
  );
  if (kinds.length === 0) return [];
  const resource = kinds.map(({ plural }) => `${plural}.${federatedGroup}`).join(',');
  const found = await listObjects(place, { resource, namespace, isEverywhere: namespace === null });
  return found.map(resourceOf);
}
