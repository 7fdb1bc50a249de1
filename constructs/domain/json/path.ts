import { isMapping } from './mapping.ts';

/** Keys and positions from the top of a document: `['clusters', 0, 'name']`. A position may be written as a string. */
export type Path = readonly (string | number)[];

/** The value at a path. Undefined if a step of the path is missing, or is neither a mapping nor a list. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(childOf, value);
}

/** Whether a value exists at a path; null counts as a value. */
export function hasAt(value: unknown, path: Path): boolean {
  return valueAt(value, path) !== undefined;
}

// Own keys only, so that no key reaches the properties that every JavaScript object inherits.
function childOf(node: unknown, step: string | number): unknown {
  if (Array.isArray(node)) return node[Number(step)];
  return isMapping(node) && Object.hasOwn(node, step) ? node[step] : undefined;
}
