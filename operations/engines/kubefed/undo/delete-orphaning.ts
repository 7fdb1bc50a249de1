import { z } from 'zod';
import type { ObjectReference } from '../../../clusters/changes.ts';
import { Failure } from '../../../clusters/failure.ts';
import { tellLeft, whyLeft } from '../../../removal/claims.ts';
import { deleteObjects } from '../../../removal/delete.ts';
import { lookUpOne } from '../../../removal/look-up.ts';
import { failUntold, type Place } from '../../../removal/place.ts';
import { resourceOf } from '../../../removal/resource.ts';

/** With this annotation KubeFed leaves the copies when the object is deleted. */
const orphan = 'kubefed.io/orphan';
const attempts = 10;

const wholeSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** Deletes a federated object that is ours, and keeps its copies. */
export async function deleteOrphaning(place: Place, reference: ObjectReference): Promise<void> {
  const found = await lookUpOne(place, reference);
  if (found === null) return;
  const why = whyLeft(place, found);
  if (why !== null) {
    tellLeft(place, found, why);
    return;
  }
  await annotate(place, reference, found.uid);
  const annotated = await lookUpOne(place, reference);
  if (annotated === null || annotated.uid !== found.uid) return;
  // Without the annotation KubeFed would delete the namespaces of all members.
  await deleteObjects(place, [annotated], (now) => whyLeft(place, now) === null && now.annotations[orphan] === 'true');
}

// The object as a whole, with its resourceVersion: a server-side apply of the annotation alone would take our other fields
// out of it.
async function annotate(place: Place, reference: ObjectReference, uid: string): Promise<void> {
  const what = resourceOf(reference);
  const served = place.kinds.find(reference.group, reference.kind);
  if (served === null) return;
  const query = {
    resource: `${served.plural}.${served.group}`,
    name: reference.name,
    namespace: reference.namespace,
  };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await place.cluster.kubectl.get(query, wholeSchema);
    if (answer.kind === 'failed') failUntold(place, what, answer.reason);
    if (answer.kind === 'absent' || answer.value.metadata.uid !== uid) return;
    const { metadata, ...rest } = answer.value;
    if (metadata.annotations?.[orphan] === 'true') return;
    const annotations = { ...metadata.annotations, [orphan]: 'true' };
    const replaced = await place.cluster.changes.replace({ ...rest, metadata: { ...metadata, annotations } });
    if (replaced.kind === 'failed') throw new Failure(notKept(place, what, replaced.reason));
    if (replaced.kind === 'found' && replaced.value.kind === 'changed') return;
  }
  throw new Failure(notKept(place, what, 'somebody else keeps changing it'));
}

function notKept({ cluster }: Place, what: string, reason: string): { problem: string; fix: string } {
  return {
    problem: `cannot tell the engine on ${cluster.name} to keep the copies of ${what}: ${reason}`,
    fix: 'run it again when the cluster answers',
  };
}
