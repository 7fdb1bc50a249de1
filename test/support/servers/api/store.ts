import type { Managers } from './fields/managers.ts';
import { type Kind, resourceOf } from './kinds.ts';
import type { StoredObject } from './object.ts';
import { hasFields, hasLabels } from './selectors.ts';

/** An object in the store, with those who manage its fields. */
export interface Entry {
  readonly kind: Kind;
  object: StoredObject;
  managers: Managers;
}

/** A change of an object. */
export interface Change {
  readonly verb: 'created' | 'updated' | 'deleted';
  readonly kind: Kind;
  readonly object: StoredObject;
}

/** Where an object is. */
export interface Place {
  readonly kind: Kind;
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

/** Which objects of a list are meant. */
export interface Filter {
  readonly namespace?: string | null;
  readonly labels?: string;
  readonly fields?: string;
}

/** The objects of a server, each with a revision of the whole store. */
export class Store {
  readonly #kinds = new Map<string, Map<string, Entry>>();
  readonly #heard = new Set<(change: Change) => void>();
  #revision = 100;

  onChange(hear: (change: Change) => void): void {
    this.#heard.add(hear);
  }

  get entries(): readonly Entry[] {
    return [...this.#kinds.values()].flatMap((entries) => [...entries.values()]);
  }

  find({ kind, namespace, name }: Place): Entry | undefined {
    return this.#kinds.get(resourceOf(kind))?.get(`${namespace ?? ''}/${name}`);
  }

  list(kind: Kind, { namespace = null, labels = '', fields = '' }: Filter): readonly StoredObject[] {
    const entries = [...(this.#kinds.get(resourceOf(kind)) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
    return entries
      .map(([, { object }]) => object)
      .filter(({ metadata }) => namespace === null || metadata.namespace === namespace)
      .filter((object) => labels === '' || hasLabels(object, labels))
      .filter((object) => fields === '' || hasFields(object, fields));
  }

  /** The next revision, which no object has yet. */
  advance(): number {
    this.#revision += 1;
    return this.#revision;
  }

  add(entry: Entry): void {
    const { name, namespace = '' } = entry.object.metadata;
    const resource = resourceOf(entry.kind);
    const entries = this.#kinds.get(resource) ?? new Map<string, Entry>();
    this.#kinds.set(resource, entries.set(`${namespace}/${name}`, entry));
    this.change(entry, entry.object, 'created');
  }

  change(entry: Entry, object: StoredObject, verb: 'created' | 'updated' = 'updated'): void {
    object.metadata.resourceVersion = String(this.advance());
    entry.object = object;
    this.#tell({ verb, kind: entry.kind, object });
  }

  /** Takes the entries of another store in place of its own, as they are. Nobody hears of it. */
  restore(entries: readonly Entry[]): void {
    this.#kinds.clear();
    for (const entry of entries) {
      const { name, namespace = '', resourceVersion } = entry.object.metadata;
      const resource = resourceOf(entry.kind);
      const ofKind = this.#kinds.get(resource) ?? new Map<string, Entry>();
      this.#kinds.set(resource, ofKind.set(`${namespace}/${name}`, entry));
      // UIDs are made of revisions, and a deletion advances them, too.
      this.#revision = Math.max(this.#revision, Number(resourceVersion) + 1_000_000);
    }
  }

  remove(entry: Entry): void {
    const { name, namespace = '' } = entry.object.metadata;
    this.#kinds.get(resourceOf(entry.kind))?.delete(`${namespace}/${name}`);
    this.advance();
    this.#tell({ verb: 'deleted', kind: entry.kind, object: entry.object });
  }

  #tell(change: Change): void {
    for (const hear of this.#heard) hear(change);
  }
}
