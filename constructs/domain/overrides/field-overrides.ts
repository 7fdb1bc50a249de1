import type { Mapping } from '../json/mapping.ts';
import { applyPatches, type Patch } from '../json/patch.ts';
import { type Path, valueAt } from '../json/path.ts';
import { escapePointerToken } from '../json/pointer.ts';
import { type FieldMisfit, type FieldOverrides, wishesOf } from './field-wishes.ts';

/** A patch, and the key of the override that asks for it. */
export interface FieldPatch {
  readonly key: readonly string[];
  readonly patch: Patch;
}

/** The patches that an override comes to, in order, or why there are none. */
export interface CompiledFields {
  readonly patches: readonly FieldPatch[];
  readonly misfits: readonly FieldMisfit[];
}

/**
 * The fewest RFC 6902 patches that make an object what an override says. Every one has a parent to stand on, and
 * `replace` is only for what is there: so engines with a strict patch library read them as lenient ones do.
 */
export function compileFields(object: Mapping, fields: FieldOverrides): CompiledFields {
  const outcomes = wishesOf(object, fields);
  const misfits: FieldMisfit[] = outcomes.filter((outcome) => 'expected' in outcome);
  let current = object;
  const patches: FieldPatch[] = [];
  for (const { key, at, value } of outcomes.filter((outcome) => 'at' in outcome)) {
    const patch = patchFor(current, at, value);
    if (patch === null) continue;
    const result = applyPatches(current, [patch]);
    if (result.kind === 'failed') misfits.push(ofMisshapenParent(key, patch));
    else {
      current = result.document;
      patches.push({ key, patch });
    }
  }
  return { patches, misfits };
}

function ofMisshapenParent(key: readonly string[], { path }: Patch): FieldMisfit {
  return { key, got: path, expected: 'mappings along this path: the manifest has a string or a list there' };
}

function pointer(segments: Path): string {
  return segments.map((segment) => `/${escapePointerToken(String(segment))}`).join('');
}

// The shortest way: what is there is replaced, what lacks its parents is added at the first that is missing.
function patchFor(object: Mapping, at: Path, value: unknown): Patch | null {
  let node: unknown = object;
  for (const [depth, segment] of at.entries()) {
    const child = valueAt(node, [segment]);
    if (child === undefined || child === null) {
      const missing = at.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      return { op: 'add', path: pointer(at.slice(0, depth + 1)), value: missing };
    }
    node = child;
  }
  return JSON.stringify(node) === JSON.stringify(value) ? null : { op: 'replace', path: pointer(at), value };
}
