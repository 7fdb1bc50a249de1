import { isMapping } from './mapping.ts';

/** Keys and positions from the top of a document: `['clusters', 0, 'name']`. A position may be written as text. */
export type Path = readonly (string | number)[];

/** The value at a path; undefined where something on the way is missing, or is no mapping and no list. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(childOf, value);
}

/** Whether there is something at a path, null included. */
export function hasAt(value: unknown, path: Path): boolean {
  return valueAt(value, path) !== undefined;
}

// Own keys only: no name of a key reaches what every object of JavaScript has.
function childOf(node: unknown, step: string | number): unknown {
  if (Array.isArray(node)) return node[Number(step)];
  return isMapping(node) && Object.hasOwn(node, step) ? node[step] : undefined;
}
