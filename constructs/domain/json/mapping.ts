/** An object of plain JSON. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Tells an object of plain JSON from lists, texts and null. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys by which an object stops being plain data in JavaScript; the value under them would be lost. */
export const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor']);
