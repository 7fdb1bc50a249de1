import type { ObjectReference } from '../clusters/changes.ts';
import { Failure } from '../clusters/failure.ts';
import type { ClusterRecord, RecordedObject } from '../record/record.ts';
import { whyLeft } from '../removal/claims.ts';
import { type FoundObject, lookUp } from '../removal/look-up.ts';
import type { Place } from '../removal/place.ts';
import { resourceOf } from '../removal/resource.ts';
import { isCreated } from '../undoing/ledger.ts';

const isNamespace = ({ group, kind }: ObjectReference): boolean => group === '' && kind === 'Namespace';

/** Removes our labels from namespaces that belong to somebody else. */
export async function giveNamespacesBack(
  place: Place,
  record: ClusterRecord,
  objects: readonly RecordedObject[],
): Promise<void> {
  const theirs = objects.filter((object) => isNamespace(object) && !isCreated(record, object));
  for (const found of await lookUp(place, theirs)) await giveBack(place, found);
}

async function giveBack(place: Place, found: FoundObject): Promise<void> {
  const resource = resourceOf(found);
  if (found.isBeingDeleted || whyLeft(place, found) !== null) return;
  // With the UID nobody's new namespace is meant, and none is created.
  const bare = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: found.name, uid: found.uid } };
  const answer = await place.cluster.changes.apply(JSON.stringify(bare), { force: false, isDryRun: false });
  if (answer.kind === 'failed')
    throw new Failure({
      problem: `${place.cluster.name} does not let our labels go from ${resource}: ${answer.reason}`,
      fix: answer.fix ?? 'run it again when the cluster answers',
    });
  place.tell(`${resource} was there before: it stays, without our labels`);
}
