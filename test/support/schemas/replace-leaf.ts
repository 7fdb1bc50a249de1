/** A copy with one leaf replaced. Positions beyond the last leaf wrap around. */
export function replaceLeaf(value: unknown, position: number, replacement: unknown): unknown {
  const paths = leavesOf(value);
  const path = paths[position % paths.length] ?? [];
  const copy = structuredClone(value) as Record<string, unknown>;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, copy);
  parent[path.at(-1) ?? ''] = replacement;
  return copy;
}

function leavesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child).map((path) => [key, ...path]));
}
