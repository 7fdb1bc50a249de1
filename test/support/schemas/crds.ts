import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { StructuralSchema } from './json-schema.ts';

const directory = join(import.meta.dirname, '../../../crds');

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    /** apiextensions v1beta1 has one schema for all versions. */
    readonly version?: string;
    readonly validation?: { readonly openAPIV3Schema: StructuralSchema };
    readonly versions?: readonly {
      readonly name: string;
      readonly schema?: { readonly openAPIV3Schema: StructuralSchema };
    }[];
  };
}

/** The schema of a kind in one file of `crds/`. */
export interface CrdSchema {
  /** Name of the file, without its extension: `kubefed-0.4.1`. */
  readonly release: string;
  readonly schema: StructuralSchema;
}

/** Every schema in `crds/` by `apiVersion/kind`. A kind has one schema per release that defines it. */
export function readCrdSchemas(): ReadonlyMap<string, readonly CrdSchema[]> {
  const schemas = readdirSync(directory).flatMap((file) =>
    (loadAll(readFileSync(join(directory, file), 'utf8')) as readonly Crd[])
      .flatMap(schemasOf)
      .map(([kind, schema]) => [kind, { release: basename(file, '.yaml'), schema }] as const),
  );
  const byKind = new Map<string, CrdSchema[]>();
  for (const [kind, schema] of schemas) byKind.set(kind, [...(byKind.get(kind) ?? []), schema]);
  return byKind;
}

function schemasOf({ spec }: Crd): readonly (readonly [kind: string, schema: StructuralSchema])[] {
  return (spec.versions ?? [{ name: spec.version ?? '' }]).flatMap((version) => {
    const schema =
      ('schema' in version ? version.schema?.openAPIV3Schema : undefined) ?? spec.validation?.openAPIV3Schema;
    return schema === undefined ? [] : [[`${spec.group}/${version.name}/${spec.names.kind}`, schema] as const];
  });
}
