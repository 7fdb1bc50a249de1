import type { ErrorObject } from 'ajv';
import type { Mapping } from '../../domain/json/mapping.ts';
import { type Path, valueAt } from '../../domain/json/path.ts';
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

/** Says what is wrong with an object, all mistakes at once; nothing of a kind without a schema. */
export type KubernetesCheck = (object: Mapping) => readonly SchemaFinding[];

/** Loads the schema of the kinds that users deploy (Kubernetes 1.34.4). To be made once, and only for objects. */
export function makeKubernetesCheck(): KubernetesCheck {
  const validators = require('../../../schemas/kubernetes-validators.cjs') as Readonly<Record<string, Validator>>;
  return (object) => {
    const kind = `${object.apiVersion}/${object.kind}`;
    const validate = validators[kind];
    if (validate === undefined || validate(object)) return [];
    // Only for mistakes: the validators name a place, and the schema says what belongs there.
    const { kinds, definitions } = require('../../../schemas/kubernetes.schema.json') as KubernetesSchema;
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

// For a server a field that is null is not there, as in what `kubectl create --dry-run` prints (`creationTimestamp: null`).
// In a list or a map it becomes an empty text without a word, which kubectl's own check refuses, too.
function describeNull(path: Path, schemaOf: Walk): readonly SchemaFinding[] {
  const key = String(path.at(-1));
  const parent = schemaOf(path.slice(0, -1));
  const isField = Object.hasOwn(parent.properties ?? {}, key);
  if (isField && !parent.required?.includes(key)) return [];
  const expected = expectedOf(schemaOf(path));
  return [{ path, got: null, expected, fix: isField ? `write ${expected}` : `write ${expected}, or remove it` }];
}
