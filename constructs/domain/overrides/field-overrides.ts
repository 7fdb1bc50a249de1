import type { Mapping } from '../json/mapping.ts';
import { type Patch, WorkingCopy } from '../json/patch.ts';
import { type Path, valueAt } from '../json/path.ts';
import { escapePointerToken } from '../json/pointer.ts';
import { type FieldMisfit, type FieldOverrides, wishesOf } from './field-wishes.ts';

/** A patch, and the key of the override that requests it. */
export interface FieldPatch {
  readonly key: readonly string[];
  readonly patch: Patch;
}

/** The patches that an override compiles to, in order, and the reasons why some are missing. */
export interface CompiledFields {
  readonly patches: readonly FieldPatch[];
  readonly misfits: readonly FieldMisfit[];
}

/**
 * The fewest RFC 6902 patches that apply an override to an object. The parent of every patch exists, and `replace` is
 * used only for existing values. Engines with strict and with lenient patch libraries therefore read the patches the
 * same way.
 */
export function compileFields(object: Mapping, fields: FieldOverrides): CompiledFields {
  const outcomes = wishesOf(object, fields);
  const misfits: FieldMisfit[] = outcomes.filter((outcome) => 'expected' in outcome);
  const copy = new WorkingCopy(object);
  const patches: FieldPatch[] = [];
  for (const { key, at, value } of outcomes.filter((outcome) => 'at' in outcome)) {
    const patch = patchFor(copy.document, at, value);
    if (patch === null) continue;
    if (copy.apply(patch)) patches.push({ key, patch });
    else misfits.push(ofMisshapenParent(key, patch));
  }
  return { patches, misfits };
}

function ofMisshapenParent(key: readonly string[], { path }: Patch): FieldMisfit {
  return { key, got: path, expected: 'mappings along this path: the manifest has a string or a list there' };
}

function pointer(segments: Path): string {
  return segments.map((segment) => `/${escapePointerToken(String(segment))}`).join('');
}

// The shortest patch: an existing value is replaced. Otherwise the value is added at its first missing parent.
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
