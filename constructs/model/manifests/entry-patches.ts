import type { Mapping } from '../../domain/json/mapping.ts';
import type { Patch } from '../../domain/json/patch.ts';
import type { Path } from '../../domain/json/path.ts';
import { compileFields } from '../../domain/overrides/field-overrides.ts';
import type { FieldMisfit, FieldOverrides } from '../../domain/overrides/field-wishes.ts';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';

type OverrideEntry = Draft<Declaration['workloads'][number]['overrides'][string][number]>;

/** A patch of an override, and the key of the override that requests it. */
export interface EntryPatch {
  readonly key: Path;
  readonly patch: Draft<Patch>;
}

/** All patches of an override in the order in which they apply: first those of its fields, then its own. */
export interface EntryPatches {
  readonly ofFields: readonly (EntryPatch & { readonly patch: Patch })[];
  readonly own: readonly EntryPatch[];
  /** Fields that do not fit the object. */
  readonly misfits: readonly FieldMisfit[];
}

/** Compiles an override for its object. Without the object, only the override's own patches are known. */
export function entryPatchesOf(entry: OverrideEntry, object: Mapping | undefined): EntryPatches {
  const own = (entry.patches ?? []).flatMap((patch, position) =>
    patch === undefined ? [] : [{ key: ['patches', position], patch }],
  );
  if (object === undefined) return { ofFields: [], own, misfits: [] };
  const { patches, misfits } = compileFields(object, fieldsOf(entry));
  return { ofFields: patches, own, misfits };
}

const fields = ['replicas', 'images', 'labels', 'annotations', 'env', 'args', 'resources'] as const;

// A field with misshapen parts is ignored: the rule about its shape has reported it.
function fieldsOf(entry: OverrideEntry): FieldOverrides {
  return Object.fromEntries(fields.map((field) => [field, entry[field]]).filter(([, value]) => isWhole(value)));
}

function isWhole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Object.values(value).every(isWhole);
}
