/** Every text inside a value, the keys of its mappings included. A value that several aliases share is read once. */
export function textsIn(root: unknown): readonly string[] {
  const texts: string[] = [];
  const values = [root];
  const seen = new Set<unknown>();
  // The list grows while it is read.
  for (const value of values) {
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (!Array.isArray(value)) for (const key of Object.keys(value)) texts.push(key);
    for (const child of Object.values(value)) values.push(child);
  }
  return texts;
}
