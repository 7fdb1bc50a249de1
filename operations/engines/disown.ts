import type { ObjectReference } from '../clusters/changes.ts';
import { keyOf } from '../record/record-rows.ts';
import { lookUpOne } from '../removal/look-up.ts';
import type { Place } from '../removal/place.ts';
import { disowned, isCreated } from '../undoing/ledger.ts';
import type { Undoing } from '../undoing/undoing.ts';

/** A namespace of a cluster. */
export const namespaceOf = (name: string): ObjectReference => ({ group: '', kind: 'Namespace', namespace: null, name });

/**
 * Disowns a namespace in each cluster that lacked it before and to which the engine has not brought it: by now it is
 * somebody else's. This must run while the namespaces still have the engine's label.
 *
 * @param except a server to which no engine brings anything
 */
export async function disownUnbrought(
  undoing: Undoing,
  label: string,
  name: string,
  except: string | null = null,
): Promise<void> {
  const places = [...undoing.places.values()].filter(({ cluster }) => cluster.name !== except);
  await Promise.all(places.map((place) => disownUnbroughtIn(undoing, place, label, namespaceOf(name))));
}

async function disownUnbroughtIn(
  { ledger }: Undoing,
  place: Place,
  label: string,
  namespace: ObjectReference,
): Promise<void> {
  const { name } = place.cluster;
  const record = ledger.recordOf(name);
  // What our own files bring is ours in any case.
  const isApplied = record.objects.some((object) => keyOf(object) === keyOf(namespace));
  if (!isCreated(record, namespace) || isApplied) return;
  const found = await lookUpOne(place, namespace);
  if (found?.labels[label] !== 'true') await ledger.change(name, (now) => disowned(now, namespace));
}

/** Disowns a namespace everywhere: somebody else uses it. */
export async function disownEverywhere({ places, ledger }: Undoing, name: string): Promise<void> {
  await Promise.all(
    [...places.keys()].map((cluster) => ledger.change(cluster, (now) => disowned(now, namespaceOf(name)))),
  );
}
