import { addDefaults } from './defaults.ts';
import { type Managers, mergeApplied, noteUpdate, sameManagers } from './fields/managers.ts';
import { hasGeneration, isAnotherGeneration, isBuiltIn, isHeld, isUnchanged, keptMetadata } from './metadata.ts';
import { copyOf, type JsonMap, mapAt, type SentObject, type StoredObject } from './object.ts';
import { checkDeletion, checkWrite, type Preconditions } from './preconditions.ts';
import { named, ReadableServer } from './readable-server.ts';
import { alreadyExists, forbidden, notFound } from './status-error.ts';
import type { Entry, Place } from './store.ts';
import { validate } from './validation.ts';

export type { Change, Entry, Filter, Place } from './store.ts';

/** How a write is done. */
export interface WriteOptions {
  readonly manager: string;
  /** Whether the server only says how it would end. @default - false */
  readonly isDryRun?: boolean;
}

/** An API server of Kubernetes: what it holds, and the changes that it accepts. */
export class ApiServer extends ReadableServer {
  /** @param uidOf makes a UID from a number that no other object has */
  constructor(
    readonly name: string,
    readonly now: () => number,
    readonly uidOf: (number: number) => string,
    missingGroups: readonly string[] = [],
  ) {
    super(missingGroups);
  }

  create(sent: SentObject, options: WriteOptions): StoredObject {
    const place = this.placeOf(sent);
    validate(sent, place);
    if (this.find(place) !== undefined) throw alreadyExists(named(place));
    return this.#insert(place, this.#withMetadata(copyOf(sent), place), options, null);
  }

  update(sent: SentObject, options: WriteOptions): StoredObject {
    const place = this.placeOf(sent);
    const entry = this.entry(place);
    checkWrite(entry, place, sent.metadata);
    validate(sent, place);
    const { status } = entry.object;
    const metadata = { ...copyOf(sent.metadata), ...keptMetadata(entry.object) } as StoredObject['metadata'];
    const object = { ...copyOf(sent), ...(status === undefined ? {} : { status: copyOf(status) }), metadata };
    return this.#replace(entry, object, options, null);
  }

  /** Server-side apply. */
  apply(sent: SentObject, { force = false, ...options }: WriteOptions & { readonly force?: boolean }): StoredObject {
    const place = this.placeOf(sent);
    const { uid, resourceVersion, ...metadata } = sent.metadata;
    const bare = { ...sent, metadata: { ...metadata, name: place.name } };
    validate(bare, place);
    const applied = { sent: copyOf(bare), manager: options.manager, force, isBuiltIn: isBuiltIn(place.kind) };
    const entry = this.store.find(place);
    if (entry === undefined) {
      const { apiVersion, kind } = sent;
      const empty = this.#withMetadata({ apiVersion, kind, metadata: { name: place.name } }, place);
      const { object, managers } = mergeApplied(empty, new Map(), applied);
      return this.#insert(place, object, options, managers);
    }
    checkWrite(entry, place, { uid, resourceVersion });
    const { object, managers } = mergeApplied(entry.object, entry.managers, applied);
    return this.#replace(entry, { ...object, apiVersion: sent.apiVersion }, options, managers);
  }

  /** Changes an object as somebody who patches it does. */
  patch(place: Place, change: (object: StoredObject) => void, options: WriteOptions): StoredObject {
    const entry = this.entry(place);
    const object = copyOf(entry.object);
    change(object);
    return this.#replace(entry, object, options, null);
  }

  /** Asks for the deletion of an object. It stays while it has finalizers. */
  delete(place: Place, preconditions: Preconditions = {}): StoredObject {
    const entry = this.entry(place);
    checkDeletion(entry.object, place, preconditions);
    if (place.kind.kind === 'Namespace' && ['default', 'kube-public', 'kube-system'].includes(place.name))
      throw forbidden(named(place), 'this namespace may not be deleted');
    if (!isHeld(entry)) this.store.remove(entry);
    else if (entry.object.metadata.deletionTimestamp === undefined) {
      const object = copyOf(entry.object);
      Object.assign(object.metadata, { deletionTimestamp: this.#time(), deletionGracePeriodSeconds: 0 });
      if (place.kind.kind === 'Namespace') object.status = { phase: 'Terminating' };
      this.store.change(entry, object);
    }
    return entry.object;
  }

  /** Ends the deletion of an object, whatever it waits for. */
  finish(place: Place): void {
    const entry = this.store.find(place);
    if (entry !== undefined) this.store.remove(entry);
  }

  #insert(place: Place, object: StoredObject, options: WriteOptions, managers: Managers | null): StoredObject {
    this.#checkNamespace(place);
    addDefaults(object, this.store.advance());
    if (options.isDryRun) return object;
    const writer = { manager: options.manager, isBuiltIn: isBuiltIn(place.kind) };
    this.store.add({ kind: place.kind, object, managers: managers ?? noteUpdate(null, object, new Map(), writer) });
    return object;
  }

  #replace(entry: Entry, object: StoredObject, options: WriteOptions, managers: Managers | null): StoredObject {
    addDefaults(object, this.store.advance());
    if (options.isDryRun) return object;
    const writer = { manager: options.manager, isBuiltIn: isBuiltIn(entry.kind) };
    const isSameObject = isUnchanged(object, entry.object);
    const next = managers ?? (isSameObject ? entry.managers : noteUpdate(entry.object, object, entry.managers, writer));
    const isSameManagers = sameManagers(next, entry.managers);
    entry.managers = next;
    if (isSameObject && isSameManagers) return entry.object;
    if (hasGeneration(entry.kind) && isAnotherGeneration(object, entry.object))
      object.metadata.generation = (entry.object.metadata.generation ?? 1) + 1;
    this.store.change(entry, object);
    if (object.metadata.deletionTimestamp !== undefined && !isHeld(entry)) this.store.remove(entry);
    return object;
  }

  #checkNamespace(place: Place): void {
    const kind = this.kinds.named('namespaces');
    if (place.namespace === null || kind === undefined) return;
    const namespace = this.find({ kind, name: place.namespace, namespace: null });
    if (namespace === undefined) throw notFound({ resource: 'namespaces', name: place.namespace });
    if (namespace.metadata.deletionTimestamp === undefined) return;
    const why = `unable to create new content in namespace ${place.namespace} because it is being terminated`;
    throw forbidden(named(place), why);
  }

  #withMetadata(sent: SentObject, { kind, name, namespace }: Place): StoredObject {
    const { resourceVersion: _, managedFields: __, ...given } = mapAt(sent, 'metadata');
    const own: JsonMap = {
      uid: this.uidOf(this.store.advance()),
      resourceVersion: '',
      creationTimestamp: this.#time(),
    };
    if (namespace !== null) own.namespace = namespace;
    if (hasGeneration(kind)) own.generation = 1;
    return { ...sent, metadata: { ...given, ...own, name } as StoredObject['metadata'] };
  }

  #time(): string {
    return new Date(this.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}
