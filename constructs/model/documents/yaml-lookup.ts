import { type Document, isAlias, isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../../domain/json/path.ts';
import { type AliasTargets, keyOf, mergedBy } from './checks/yaml-survey.ts';

/** Finds the nodes of a document by their paths, through aliases and merge keys. */
export interface Lookup {
  /** The node at a path, or undefined if there is none. */
  readonly node: (path: Path) => Node | undefined;
  /** The entry of a mapping, or undefined if there is none. */
  readonly entry: (path: Path) => Pair | undefined;
}

/** Makes the lookup of a document. A mapping is read once, however many of its keys are looked up. */
export function makeLookup(document: Document.Parsed, targets: AliasTargets): Lookup {
  const known = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const resolve = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);

  const entriesOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const entries = known.get(map) ?? readEntries(map);
    known.set(map, entries);
    return entries;
  };

  // A mapping's own entries come first, and then the strongest mapping that a merge key brings in.
  const readEntries = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const keyed = map.items.map((pair) => ({ pair, key: keyOf(pair, targets) }));
    const own = keyed.flatMap(({ pair, key }) => (key === null ? [] : [[key, pair] as const]));
    const merged = keyed
      .flatMap(({ pair, key }) => (key === null ? mergedBy(pair, targets) : []))
      .flatMap((source) => (isMap(source) ? [...entriesOf(source)] : []));
    return new Map([...merged.reverse(), ...own]);
  };

  const child = (parent: unknown, step: string | number): unknown => {
    const node = resolve(parent);
    if (isSeq(node)) return node.items[Number(step)];
    return isMap(node) ? entriesOf(node).get(String(step))?.value : undefined;
  };
  const node = (path: Path): Node | undefined =>
    (path.reduce<unknown>(child, document.contents) as Node | null | undefined) ?? undefined;

  return {
    node,
    entry: (path) => {
      const parent = resolve(node(path.slice(0, -1)));
      return isMap(parent) ? entriesOf(parent).get(String(path.at(-1))) : undefined;
    },
  };
}
