import { resourceOf } from './kinds.ts';
import type { JsonMap, StoredObject } from './object.ts';
import { conflict } from './status-error.ts';
import type { Entry, Place } from './store.ts';

/** What an object must still be. */
export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

const modified = 'the object has been modified; please apply your changes to the latest version and try again';

/** Checks the metadata that somebody sends with a write. */
export function checkWrite({ object }: Entry, place: Place, sent: JsonMap): void {
  const { uid, resourceVersion } = object.metadata;
  const named = { resource: resourceOf(place.kind), name: place.name };
  if (sent.uid !== undefined && sent.uid !== uid) {
    const key = `/registry/${place.kind.plural}/${place.namespace === null ? '' : `${place.namespace}/`}${place.name}`;
    throw conflict(
      named,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${String(sent.uid)}, UID in object meta: ${uid}`,
    );
  }
  if (sent.resourceVersion !== undefined && sent.resourceVersion !== resourceVersion) throw conflict(named, modified);
}

/** Checks the preconditions of a deletion. */
export function checkDeletion(object: StoredObject, { kind, name }: Place, wanted: Preconditions): void {
  const { uid, resourceVersion } = object.metadata;
  const named = { resource: resourceOf({ group: kind.group, plural: kind.kind }), name };
  if (wanted.uid !== undefined && wanted.uid !== uid)
    throw conflict(
      named,
      `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  if (wanted.resourceVersion !== undefined && wanted.resourceVersion !== resourceVersion)
    throw conflict(
      named,
      `the ResourceVersion in the precondition (${wanted.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
}
