import { isMapping, type Mapping } from '../json/mapping.ts';
import { applyPatches, type Patch } from '../json/patch.ts';
import { hasAt, valueAt } from '../json/path.ts';
import { parseJsonPointer } from '../json/pointer.ts';

/** A patch that says what it does. */
export interface ExplicitPatch extends Patch {
  readonly op: 'add' | 'remove' | 'replace';
}

/** A patched copy of a document with the patches that strict libraries read alike, or the first one that does not apply. */
export type OverrideResult =
  | { readonly kind: 'applied'; readonly document: Mapping; readonly patches: readonly ExplicitPatch[] }
  | { readonly kind: 'failed'; readonly index: number };

/**
 * What the patches of a declaration mean: `replace`, which is what a patch without `op` does, also makes a key that is not
 * there, where the mapping around it is. For RFC 6902 that is `add`.
 */
export function applyOverride(document: Mapping, patches: readonly Patch[]): OverrideResult {
  const explicit: ExplicitPatch[] = [];
  let current = document;
  for (const [index, patch] of patches.entries()) {
    const next = toExplicit(current, patch);
    const result = applyPatches(current, [next]);
    if (result.kind === 'failed') return { kind: 'failed', index };
    explicit.push(next);
    current = result.document;
  }
  return { kind: 'applied', document: current, patches: explicit };
}

function toExplicit(document: Mapping, { op = 'replace', path, value }: Patch): ExplicitPatch {
  const segments = parseJsonPointer(path) ?? [];
  const isMade = !hasAt(document, segments) && isMapping(valueAt(document, segments.slice(0, -1)));
  return { op: op === 'replace' && isMade ? 'add' : op, path, value };
}
