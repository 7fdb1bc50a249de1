/** A set of clusters, or of items in them, with its name in tables. */
export interface NamedSet<T> {
  readonly name: string;
  /** In the order of the declaration. */
  readonly members: readonly T[];
}

/** Sets without duplicates. */
export interface SharedSets<T> {
  readonly sets: readonly NamedSet<T>[];
  /** The name of a set. */
  readonly nameOf: (set: NamedSet<T>) => string;
}

/**
 * Merges equal sets. A set of all members gets the name `all`; other equal sets share the name of the first of them. No
 * name is a number, so that an additional set does not rename others.
 */
export function shareSets<T>(
  sets: readonly NamedSet<T>[],
  all: readonly T[],
  keyOf: (member: T) => string,
): SharedSets<T> {
  const keyOfAll = (members: readonly T[]): string => members.map(keyOf).join(' ');
  const everything = keyOfAll(all);
  const byKey = new Map<string, NamedSet<T>>();
  for (const set of sets) {
    const key = keyOfAll(set.members);
    if (!byKey.has(key)) byKey.set(key, key === everything ? { ...set, name: 'all' } : set);
  }
  return { sets: [...byKey.values()], nameOf: (set) => byKey.get(keyOfAll(set.members))?.name ?? set.name };
}
