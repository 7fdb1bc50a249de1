import { isMap, isSame, type JsonMap } from '../object.ts';

/** One step of a path: a key of a map, an item of a list by its keys, or a value of a set. */
export type Step = { readonly field: string } | { readonly keys: JsonMap } | { readonly value: unknown };

/** A path to a value that somebody may own. */
export type FieldPath = readonly Step[];

/** A field of an object. */
export interface Field {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** The text of a path, by which two paths are compared, as messages show it: `.spec.containers[name="a"].image`. */
export function textOfPath(path: FieldPath): string {
  return path.map(textOfStep).join('');
}

function textOfStep(step: Step): string {
  if ('field' in step) return `.${step.field}`;
  if ('value' in step) return `[=${JSON.stringify(step.value)}]`;
  const pairs = Object.entries(step.keys).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `[${pairs.join(',')}]`;
}

/** The name of a step in `metadata.managedFields`. */
export function managedName(step: Step): string {
  if ('field' in step) return `f:${step.field}`;
  return 'keys' in step ? `k:${JSON.stringify(step.keys)}` : `v:${JSON.stringify(step.value)}`;
}

/** The position of the item with these keys in a list; -1 if there is none. */
export function itemAt(list: readonly unknown[], keys: JsonMap): number {
  return list.findIndex(
    (item) => isMap(item) && Object.entries(keys).every(([key, value]) => isSame(item[key] ?? 'TCP', value)),
  );
}
