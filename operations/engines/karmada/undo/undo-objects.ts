import type { ObjectReference } from '../../../clusters/changes.ts';
import type { RecordedObject } from '../../../record/record.ts';
import { waitWhileThere } from '../../../removal/delete.ts';
import { deleteRecorded } from '../../../removal/delete-recorded.ts';
import { lookUp, lookUpOne } from '../../../removal/look-up.ts';
import type { Place } from '../../../removal/place.ts';
import { removeNamespace } from '../../../removal/remove-namespace.ts';
import { resourceOf } from '../../../removal/resource.ts';
import { isCreated } from '../../../undoing/ledger.ts';
import type { Undoing } from '../../../undoing/undoing.ts';
import { disownUnbrought } from '../../disown.ts';

/** The API group of Karmada's policies. */
export const policyGroup = 'policy.karmada.io';

/** The label on everything that Karmada creates in a cluster. */
export const karmadaLabel = 'karmada.io/managed';

/**
 * Undoes what Karmada delivered. Karmada deletes the copies of a deleted template, but not those of a deleted policy. The
 * policy that keeps the copies of a namespace must outlive the namespace.
 */
export async function undoKarmadaObjects(
  undoing: Undoing,
  place: Place,
  objects: readonly RecordedObject[],
): Promise<readonly RecordedObject[]> {
  const isPolicy = ({ group }: ObjectReference): boolean => group === policyGroup;
  const isNamespace = ({ group, kind }: ObjectReference): boolean => group === '' && kind === 'Namespace';
  const policies = objects.filter(isPolicy);
  const namespaces = objects.filter(isNamespace);
  const templates = objects.filter(
    (object) => !isPolicy(object) && !isNamespace(object) && object.kind !== 'CustomResourceDefinition',
  );
  for (const namespace of namespaces) await keepOnlyPropagated(undoing, place, namespace);
  await deleteRecorded(place, templates);
  await waitForCopies(undoing, place, templates);
  await deleteRecorded(
    place,
    policies.filter(({ namespace }) => namespace !== null),
  );
  const record = undoing.ledger.recordOf(place.cluster.name);
  for (const namespace of namespaces)
    if (isCreated(record, namespace)) await removeNamespace(place, namespace.name, false);
  await deleteRecorded(
    place,
    policies.filter(({ namespace }) => namespace === null),
  );
  return [];
}

// Once Karmada is deleting the namespace, the labels no longer tell to which clusters it has brought it.
async function keepOnlyPropagated(undoing: Undoing, place: Place, namespace: RecordedObject): Promise<void> {
  const found = await lookUpOne(place, namespace);
  if (found === null || found.isBeingDeleted) return;
  await disownUnbrought(undoing, karmadaLabel, namespace.name, place.cluster.name);
}

// This takes longer than the deletion of Karmada's own objects.
async function waitForCopies(undoing: Undoing, karmada: Place, templates: readonly RecordedObject[]): Promise<void> {
  const members = [...undoing.places.values()].filter(({ cluster }) => cluster.isMember);
  await Promise.all(
    members.map((place) =>
      waitWhileThere(
        // The words of the other clusters stay with those of Karmada.
        { ...place, tell: karmada.tell },
        async () => (await lookUp(place, templates)).filter(isCopy).map(resourceOf),
        (names) => `Karmada has not deleted everything in ${place.cluster.name}: ${names}`,
      ),
    ),
  );
}

const isCopy = ({ labels }: { readonly labels: Readonly<Record<string, string>> }): boolean =>
  labels[karmadaLabel] === 'true';
