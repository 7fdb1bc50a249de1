import { isMapping, type Mapping } from './mapping.ts';

/** Merges mappings as Helm merges values: key by key, the later value wins, and lists are replaced as a whole. */
export function mergeValues<T extends object>(first: T, second: T): T {
  // An interface has no index signature, so the compiler does not accept it as a mapping. All merged values have one
  // type.
  return merge(first as unknown as Mapping, second as unknown as Mapping) as T;
}

function merge(first: Mapping, second: Mapping): Mapping {
  const merged = Object.entries(second).map(([key, value]) => {
    const former = Object.hasOwn(first, key) ? first[key] : undefined;
    return [key, isMapping(former) && isMapping(value) ? merge(former, value) : value] as const;
  });
  return { ...first, ...Object.fromEntries(merged) };
}
