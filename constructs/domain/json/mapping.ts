/** A plain JSON object. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is a plain JSON object, and not a list, a string or null. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that turn a plain object into something else in JavaScript; their values would be lost. */
export const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor']);
