/** A set of clusters, or of what is in them, with the name that tables know it by. */
export interface NamedSet<T> {
  readonly name: string;
  /** In the order of the declaration. */
  readonly members: readonly T[];
}

/** Sets of which no two are equal. */
export interface SharedSets<T> {
  readonly sets: readonly NamedSet<T>[];
  /** The name under which a set is among them. */
  readonly nameOf: (set: NamedSet<T>) => string;
}

/**
 * Equal sets, once: as `all` where nothing is missing, else under the name of the first. No name is a number, so that
 * one set more renames no other one.
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
