import { type Kind, Kinds, resourceOf } from './kinds.ts';
import type { SentObject, StoredObject } from './object.ts';
import { type NamedObject, notFound, StatusError } from './status-error.ts';
import { type Change, type Entry, type Filter, type Place, Store } from './store.ts';

/** What an API server holds, and how it is asked. */
export class ReadableServer {
  readonly kinds: Kinds;
  protected readonly store = new Store();

  /** @param missingGroups groups of Kubernetes that this server does not serve */
  constructor(missingGroups: readonly string[]) {
    this.kinds = new Kinds(missingGroups);
  }

  get entries(): readonly Entry[] {
    return this.store.entries;
  }

  onChange(hear: (change: Change) => void): void {
    this.store.onChange(hear);
  }

  /** Takes copies of what another server holds, in place of its own. */
  restore(entries: readonly Entry[]): void {
    const copies = structuredClone(entries);
    for (const { kind, object } of copies) if (kind.kind === 'CustomResourceDefinition') this.kinds.define(object);
    this.store.restore(copies);
  }

  find(place: Place): StoredObject | undefined {
    return this.store.find(place)?.object;
  }

  entry(place: Place): Entry {
    const entry = this.store.find(place);
    if (entry === undefined) throw notFound(named(place));
    return entry;
  }

  get(place: Place): StoredObject {
    return this.entry(place).object;
  }

  list(kind: Kind, filter: Filter = {}): readonly StoredObject[] {
    return this.store.list(kind, filter);
  }

  /** The place of an object that somebody sends. */
  placeOf({ apiVersion, kind: word, metadata }: SentObject): Place {
    const kind = this.kinds.ofObject({ apiVersion, kind: word });
    if (kind === undefined) throw new StatusError('NotFound', 'the server could not find the requested resource');
    return { kind, name: metadata.name, namespace: kind.isNamespaced ? (metadata.namespace ?? 'default') : null };
  }
}

/** An object as messages name it. */
export function named({ kind, name }: Place): NamedObject {
  return { resource: resourceOf(kind), name };
}
