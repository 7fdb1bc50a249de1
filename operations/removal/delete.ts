import { Failure } from '../clusters/failure.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { type FoundObject, lookUp, lookUpOne } from './look-up.ts';
import { type Place, refuseAfterStop } from './place.ts';
import { resourceOf } from './resource.ts';

/** How many objects of one cluster are deleted at a time. Each is a process, and other clusters have theirs. */
const atOnce = 4;
/** How often a deletion is tried while somebody else keeps changing the object. */
const attempts = 10;

/**
 * Deletes objects as they were found, and waits until they are gone. If one has changed meanwhile, it is looked up and
 * judged again.
 *
 * @param isStillOurs whether an object may be deleted as it is now
 */
export async function deleteObjects(
  place: Place,
  objects: readonly FoundObject[],
  isStillOurs: (object: FoundObject) => boolean = () => true,
): Promise<void> {
  const asked = await sideBySide(objects, Math.min(place.parallel, atOnce), async (object) => {
    try {
      refuseAfterStop(place);
      return (await deleteOne(place, object, isStillOurs)) ? object : null;
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  });
  const failure = asked.find((one) => one instanceof Failure);
  if (failure !== undefined) throw failure;
  await waitUntilGone(
    place,
    asked.filter((one): one is FoundObject => one !== null && !(one instanceof Failure)),
  );
}

async function deleteOne(
  place: Place,
  found: FoundObject,
  isStillOurs: (object: FoundObject) => boolean,
): Promise<boolean> {
  let object: FoundObject | null = found;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (object === null || object.uid !== found.uid) return false;
    if (!isStillOurs(object)) {
      place.tell(`left on ${place.cluster.name}: ${resourceOf(object)}; somebody has changed it meanwhile`);
      return false;
    }
    const { uid, resourceVersion } = object;
    const answer = await place.cluster.changes.delete(found, { uid, resourceVersion });
    if (answer.kind === 'failed')
      throw new Failure({
        problem: `${place.cluster.name} does not delete ${resourceOf(object)}: ${answer.reason}`,
        fix: answer.fix ?? 'run it again when the cluster answers',
      });
    if (answer.kind === 'absent' || answer.value.kind === 'absent') return false;
    if (answer.value.kind === 'changed') {
      place.tell(`${resourceOf(object)} deleted`);
      return true;
    }
    object = await lookUpOne(place, found);
  }
  throw new Failure({
    problem: `${place.cluster.name} does not delete ${resourceOf(found)}: somebody else keeps changing it`,
    fix: 'find out who changes it, and run it again',
  });
}

/** Waits until objects are gone. Another object with the name of one is not that one. */
export async function waitUntilGone(place: Place, objects: readonly FoundObject[]): Promise<void> {
  const uids = new Set(objects.map(({ uid }) => uid));
  await waitWhileThere(place, async () => {
    const still = (await lookUp(place, objects)).filter(({ uid }) => uids.has(uid));
    return still.map(resourceOf);
  });
}

/**
 * Waits until a question finds nothing any more.
 *
 * @param ask returns the names of what is still there
 */
export async function waitWhileThere(
  place: Place,
  ask: () => Promise<readonly string[]>,
  sayWhat = (names: string): string => `${names} of ${place.cluster.name} is still there`,
): Promise<void> {
  const polls = Math.ceil((place.timeoutSeconds * 1000) / place.pollMilliseconds);
  const end = Date.now() + place.timeoutSeconds * 1000;
  for (let poll = 0; ; poll += 1) {
    const still = await ask();
    if (still.length === 0) return;
    refuseAfterStop(place);
    if (poll >= polls || Date.now() >= end)
      throw new Failure(
        {
          problem: `waited ${place.timeoutSeconds} s: ${sayWhat(still.join(', '))}`,
          fix: 'look at its finalizers and at what shall remove them, and run it again',
        },
        'timed-out',
      );
    await place.stop.sleep(place.pollMilliseconds);
  }
}
