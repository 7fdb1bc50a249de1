import { isMapping, type Mapping } from '../json/mapping.ts';
import { applyPatches, type Patch } from '../json/patch.ts';
import { hasAt, valueAt } from '../json/path.ts';
import { parseJsonPointer } from '../json/pointer.ts';

/** A patch with an explicit operation. */
export interface ExplicitPatch extends Patch {
  readonly op: 'add' | 'remove' | 'replace';
}

/**
 * A patched copy of a document, with the patches in a form that strict libraries read the same way, or the first patch
 * that cannot be applied.
 */
export type OverrideResult =
  | { readonly kind: 'applied'; readonly document: Mapping; readonly patches: readonly ExplicitPatch[] }
  | { readonly kind: 'failed'; readonly index: number };

/**
 * Applies the patches of a declaration. `replace`, the default operation, also creates a missing key if the mapping
 * around it exists. RFC 6902 calls that `add`.
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
