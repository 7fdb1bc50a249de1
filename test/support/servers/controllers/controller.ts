import type { ApiServer, Place } from '../api/api-server.ts';
import { isSame, type JsonMap, mapAt, type SentObject, type StoredObject } from '../api/object.ts';
import type { FakeCluster, World } from '../world.ts';

/** Something in a cluster that makes what is there into what should be there. It acts until nothing is left to do. */
export type Controller = (cluster: FakeCluster, world: World) => void;

/** The place of an object by the word of its kind: `deployments.apps`. Null if the server does not serve the kind. */
export function placeIn(server: ApiServer, word: string, namespace: string | null, name: string): Place | null {
  const kind = server.kinds.named(word);
  return kind === undefined ? null : { kind, namespace: kind.isNamespaced ? namespace : null, name };
}

/** The objects of a kind; none if the server does not serve it. */
export function objectsOf(server: ApiServer, word: string, namespace: string | null = null): readonly StoredObject[] {
  const kind = server.kinds.named(word);
  return kind === undefined ? [] : server.list(kind, { namespace });
}

/** An object by the word of its kind; undefined if there is none. */
export function objectIn(
  server: ApiServer,
  word: string,
  namespace: string | null,
  name: string,
): StoredObject | undefined {
  const place = placeIn(server, word, namespace, name);
  return place === null ? undefined : server.find(place);
}

/** Sets the status of an object, or a part of it. */
export function setStatus(server: ApiServer, object: StoredObject, status: JsonMap): void {
  if (isSame({ ...mapAt(object, 'status'), ...status }, mapAt(object, 'status'))) return;
  const change = (copy: StoredObject): void => {
    copy.status = { ...mapAt(copy, 'status'), ...status };
  };
  server.patch(server.placeOf(object), change, { manager: 'controller' });
}

/** Makes an object as a controller wants it, unless it is so. */
export function ensure(server: ApiServer, wanted: SentObject, manager = 'controller'): void {
  const place = server.placeOf(wanted);
  const found = server.find(place);
  if (found?.metadata.deletionTimestamp !== undefined) return;
  if (found === undefined) {
    if (canCreateIn(server, place.namespace)) server.create(wanted, { manager });
    return;
  }
  const { metadata, ...content } = wanted;
  const labels = mapAt(metadata, 'labels');
  const isAsWanted = Object.entries(content).every(([key, value]) => isSame(found[key], value));
  const isLabelled = Object.entries(labels).every(([key, value]) => found.metadata.labels?.[key] === value);
  if (isAsWanted && isLabelled) return;
  const change = (copy: StoredObject): void => {
    for (const [key, value] of Object.entries(content)) copy[key] = value;
    copy.metadata.labels = { ...copy.metadata.labels, ...labels } as Record<string, string>;
  };
  server.patch(place, change, { manager });
}

/** Whether objects can be created in a namespace. */
export function canCreateIn(server: ApiServer, namespace: string | null): boolean {
  if (namespace === null) return true;
  const found = objectIn(server, 'namespaces', null, namespace);
  return found !== undefined && found.metadata.deletionTimestamp === undefined;
}

/** Adds a finalizer to an object. */
export function addFinalizer(server: ApiServer, object: StoredObject, finalizer: string): void {
  if (object.metadata.finalizers?.includes(finalizer)) return;
  const change = (copy: StoredObject): void => {
    copy.metadata.finalizers = [...(copy.metadata.finalizers ?? []), finalizer];
  };
  server.patch(server.placeOf(object), change, { manager: 'controller' });
}

/** Removes a finalizer from an object. */
export function removeFinalizer(server: ApiServer, object: StoredObject, finalizer: string): void {
  const change = (copy: StoredObject): void => {
    copy.metadata.finalizers = (copy.metadata.finalizers ?? []).filter((one) => one !== finalizer);
  };
  server.patch(server.placeOf(object), change, { manager: 'controller' });
}
