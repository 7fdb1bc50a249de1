import { join } from 'node:path';
import type { ErrorObject } from 'ajv';
import type { Mapping } from '../../domain/json/mapping.ts';
import { type Path, valueAt } from '../../domain/json/path.ts';
import { packageDirectory } from '../package-directory.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { describeFault, expectedOf, type Schema, type SchemaFinding, toPath } from './schema-findings.ts';
import { adviseOnPlace, makeWalk, resolve, type Walk } from './schema-walk.ts';

interface KubernetesSchema {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

interface Validator {
  (object: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

/** Reports all mistakes in an object at once. A kind without a schema gives no findings. */
export type KubernetesCheck = (object: Mapping) => readonly SchemaFinding[];

/** Loads the schema of the kinds that users deploy (Kubernetes 1.34.4). Call it once, and only if there are objects. */
export function makeKubernetesCheck(): KubernetesCheck {
  const validators = require(join(packageDirectory, 'schemas/kubernetes-validators.cjs')) as Readonly<
    Record<string, Validator>
  >;
  return (object) => {
    const kind = `${object.apiVersion}/${object.kind}`;
    const validate = validators[kind];
    if (validate === undefined || validate(object)) return [];
    // Loaded only for mistakes: the validators name a place, and the schema describes the expected value.
    const { kinds, definitions } = require(
      join(packageDirectory, 'schemas/kubernetes.schema.json'),
    ) as KubernetesSchema;
    const walk = makeWalk(definitions, kinds[kind] ?? '');
    const schemaOf = (path: Path): Schema => withProperties(definitions, walk(path));
    return (validate.errors ?? []).flatMap((error) => {
      const path = toPath(error.instancePath, object);
      const got = valueAt(object, path);
      if (got === null) return describeNull(path, schemaOf);
      const { keyword, params } = error;
      const fault = { keyword, params, path, schema: schemaOf(path), got };
      return [describeFault(fault, (key, _, free) => didYouMean(key, free, adviseOnPlace(walk, path, key)))];
    });
  };
}

function withProperties(definitions: KubernetesSchema['definitions'], { properties, ...schema }: Schema): Schema {
  if (properties === undefined) return schema;
  const resolved = Object.entries(properties).map(([key, child]) => [key, resolve(definitions, child)]);
  return { ...schema, properties: Object.fromEntries(resolved) };
}

// A server treats a null field as missing, as in the output of `kubectl create --dry-run` (`creationTimestamp: null`).
// In a list or a map null silently becomes an empty string, which kubectl's own check also refuses.
function describeNull(path: Path, schemaOf: Walk): readonly SchemaFinding[] {
  const key = String(path.at(-1));
  const parent = schemaOf(path.slice(0, -1));
  const isField = Object.hasOwn(parent.properties ?? {}, key);
  if (isField && !parent.required?.includes(key)) return [];
  const expected = expectedOf(schemaOf(path));
  return [{ path, got: null, expected, fix: isField ? `write ${expected}` : `write ${expected}, or remove it` }];
}
