import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { StructuralSchema } from './json-schema.ts';

const directory = join(import.meta.dirname, '../../crds');

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

/** The schema of every kind in `crds/`, by `apiVersion/kind`. */
export function readCrdSchemas(): ReadonlyMap<string, StructuralSchema> {
  const crds = readdirSync(directory).flatMap(
    (file) => loadAll(readFileSync(join(directory, file), 'utf8')) as readonly Crd[],
  );
  return new Map(
    crds.flatMap(({ spec }) =>
      (spec.versions ?? [{ name: spec.version ?? '' }]).flatMap((version) => {
        const schema =
          ('schema' in version ? version.schema?.openAPIV3Schema : undefined) ?? spec.validation?.openAPIV3Schema;
        return schema === undefined ? [] : [[`${spec.group}/${version.name}/${spec.names.kind}`, schema] as const];
      }),
    ),
  );
}
