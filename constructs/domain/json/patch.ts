import fastJsonPatch, { type Operation } from 'fast-json-patch';
import type { Mapping } from './mapping.ts';
import { parseJsonPointer } from './pointer.ts';

/** One change of a document, as RFC 6902 defines it. Without `op` it replaces. */
export interface Patch {
  readonly op?: 'add' | 'remove' | 'replace' | undefined;
  /** A JSON pointer. */
  readonly path: string;
  readonly value?: unknown;
}

/** A patched copy of a document, or the position of the first patch that cannot be applied. */
export type PatchResult =
  | { readonly kind: 'applied'; readonly document: Mapping }
  | { readonly kind: 'failed'; readonly index: number };

/**
 * Applies patches in order, as strictly as RFC 6902: a value that is replaced or removed must exist. The document is
 * not changed.
 */
export function applyPatches(document: Mapping, patches: readonly Patch[]): PatchResult {
  let current = document;
  for (const [index, patch] of patches.entries()) {
    try {
      const copy = copyAlong(current, parseJsonPointer(patch.path) ?? []) as Mapping;
      current = fastJsonPatch.applyPatch(copy, [toOperation(patch)], true).newDocument;
    } catch {
      // The library throws when a path does not resolve. The caller reports the position.
      return { kind: 'failed', index };
    }
  }
  return { kind: 'applied', document: current };
}

// Only the values that a patch changes are copied: a copy of the whole document for each patch would take minutes for an
// override of many labels.
function copyAlong(value: unknown, [step, ...others]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown = Array.isArray(value) ? [...value] : { ...value };
  if (step === undefined || others.length === 0 || !Object.hasOwn(value, step)) return copy;
  const child = copyAlong((value as Mapping)[step], others);
  Object.defineProperty(copy, step, { value: child, writable: true, enumerable: true, configurable: true });
  return copy;
}

function toOperation({ op = 'replace', path, value }: Patch): Operation {
  return op === 'remove' ? { op, path } : { op, path, value };
}
