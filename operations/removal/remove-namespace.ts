import type { ObjectReference } from '../clusters/changes.ts';
import { Failure } from '../clusters/failure.ts';
import { resourceOf as pluralOf } from '../clusters/served-kinds.ts';
import { notRemembered, tellLeft, whyKept } from './claims.ts';
import { deleteObjects } from './delete.ts';
import { listObjects } from './list-objects.ts';
import { type FoundObject, lookUpOne } from './look-up.ts';
import { openPlace } from './open-place.ts';
import { type Place, refuseAfterStop } from './place.ts';

/**
 * Deletes a namespace that we created, unless somebody else has objects in it.
 *
 * @param isBrought whether an engine has brought it, so that the cluster cannot remember that we applied it
 */
export async function removeNamespace(place: Place, name: string, isBrought: boolean): Promise<void> {
  const reference: ObjectReference = { group: '', kind: 'Namespace', namespace: null, name };
  const found = await lookUpOne(place, reference);
  if (found === null) return;
  const why = whyKept(place, reference) ?? (found.isApplied || isBrought ? null : notRemembered);
  if (why !== null) return tellLeft(place, reference, why);
  const others = (await othersIn(place, name)).map((one) => `${one.kind} ${one.name}`);
  if (others.length > 0) return tellLeft(place, reference, `somebody else has objects in it: ${someOf(others)}`);
  await deleteObjects(place, [found]);
}

/** The first of many names, on a line that people read. */
function someOf(names: readonly string[]): string {
  const [shown, hidden] = [names.slice(0, 20), names.length - 20];
  return `${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

/** Kinds whose objects tell about others, and go with them. */
const notOwned = ['Event', 'Endpoints', 'EndpointSlice'];

/** The objects that Kubernetes and istiod put into every namespace. */
const ofEveryNamespace =
  /^(ServiceAccount default|ConfigMap (kube-root-ca\.crt|istio-ca-(root-cert|crl))|Secret default-token-[a-z0-9]+)$/;

/** How often the kinds of a server are asked for: it lists a definition that was just deleted for a while. */
const attempts = 5;

// The objects that a namespace would take along: those without an owner.
async function othersIn(place: Place, namespace: string): Promise<readonly FoundObject[]> {
  for (let attempt = 1; ; attempt += 1) {
    const fresh = await openPlace(place);
    try {
      const found: FoundObject[] = [];
      for (const resource of resourcesOf(fresh, namespace))
        found.push(...(await listObjects(fresh, { resource, namespace })));
      return found.filter(({ kind, name, hasOwner }) => !hasOwner && !ofEveryNamespace.test(`${kind} ${name}`));
    } catch (error) {
      if (!(error instanceof Failure) || attempt === attempts || !fresh.kinds.isComplete) throw error;
      refuseAfterStop(place);
      await place.stop.sleep(place.pollMilliseconds);
    }
  }
}

/** Kinds that one call asks for. Linux gives an argument of a program 128 KiB, and a plural with its group has up to 317 characters. */
const kindsOfCall = 300;

// The kinds whose objects a namespace may hold, as words for kubectl: one for each call.
function resourcesOf({ cluster, kinds }: Place, namespace: string): readonly string[] {
  if (!kinds.isComplete)
    throw new Failure({
      problem: `${cluster.name} does not list all of its kinds, so it is unknown what else is in namespace ${namespace}`,
      fix: 'run it again when all its APIs answer',
    });
  const listed = kinds.all.filter(
    ({ isNamespaced, kind, verbs }) =>
      isNamespaced && ['list', 'delete'].every((verb) => verbs.includes(verb)) && !notOwned.includes(kind),
  );
  const calls = Math.ceil(listed.length / kindsOfCall);
  return Array.from({ length: calls }, (_, at) =>
    listed
      .slice(at * kindsOfCall, (at + 1) * kindsOfCall)
      .map(pluralOf)
      .join(','),
  );
}
