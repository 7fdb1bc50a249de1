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
 * A document that changes patch by patch, as strictly as RFC 6902: a value that is replaced or removed must exist. The
 * document that it begins with is not changed.
 */
export class WorkingCopy {
  #document: Mapping;
  // The parts that were copied before. To copy a mapping of many labels for each of them would take seconds.
  readonly #own = new Set<unknown>();

  constructor(document: Mapping) {
    this.#document = document;
  }

  /** The document after the patches so far. Later patches change it in place. */
  get document(): Mapping {
    return this.#document;
  }

  /** Applies a patch, and says whether that is possible. If it is not, the document remains as it was. */
  apply(patch: Patch): boolean {
    try {
      this.#document = this.#copyAlong(this.#document, parseJsonPointer(patch.path) ?? []) as Mapping;
      this.#document = fastJsonPatch.applyPatch(this.#document, [toOperation(patch)], true).newDocument;
      return true;
    } catch {
      // The library throws when a path does not resolve.
      return false;
    }
  }

  // Only the values that a patch changes are copied.
  #copyAlong(value: unknown, [step, ...others]: readonly string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const copy = this.#ownCopyOf(value);
    if (step === undefined || others.length === 0 || !Object.hasOwn(copy, step)) return copy;
    const child = this.#copyAlong((copy as Mapping)[step], others);
    Object.defineProperty(copy, step, { value: child, writable: true, enumerable: true, configurable: true });
    return copy;
  }

  #ownCopyOf(value: object): object {
    if (this.#own.has(value)) return value;
    const copy = Array.isArray(value) ? [...value] : { ...value };
    this.#own.add(copy);
    return copy;
  }
}

/** Applies patches in order to a copy of a document. */
export function applyPatches(document: Mapping, patches: readonly Patch[]): PatchResult {
  const copy = new WorkingCopy(document);
  const index = patches.findIndex((patch) => !copy.apply(patch));
  return index === -1 ? { kind: 'applied', document: copy.document } : { kind: 'failed', index };
}

function toOperation({ op = 'replace', path, value }: Patch): Operation {
  return op === 'remove' ? { op, path } : { op, path, value };
}
