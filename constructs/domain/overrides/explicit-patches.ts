import { isMapping, type Mapping } from '../json/mapping.ts';
import { type Patch, WorkingCopy } from '../json/patch.ts';
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
  const copy = new WorkingCopy(document);
  for (const [index, patch] of patches.entries()) {
    const next = toExplicit(copy.document, patch);
    if (!copy.apply(next)) return { kind: 'failed', index };
    explicit.push(next);
  }
  return { kind: 'applied', document: copy.document, patches: explicit };
}

function toExplicit(document: Mapping, { op = 'replace', path, value }: Patch): ExplicitPatch {
  const segments = parseJsonPointer(path) ?? [];
  const isMade = !hasAt(document, segments) && isMapping(valueAt(document, segments.slice(0, -1)));
  return { op: op === 'replace' && isMade ? 'add' : op, path, value };
}
