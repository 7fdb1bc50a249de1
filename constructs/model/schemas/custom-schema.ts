import type { ErrorObject, ValidateFunction } from 'ajv';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import type { CustomKind } from '../../domain/kubernetes/custom-kinds.ts';
import { didYouMean } from '../problems/suggestion.ts';
import type { KubernetesCheck } from './kubernetes-schema.ts';
import { describeFault, type Schema, type SchemaFinding, toPath } from './schema-findings.ts';

/** Checks an object against the CustomResourceDefinition of its kind. A kind without a definition gives no findings. */
export function makeCustomCheck(customKinds: readonly CustomKind[]): KubernetesCheck {
  const kinds = new Map(customKinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind]));
  const validators = new Map<CustomKind, ValidateFunction | null>();
  return (object) => {
    const kind = kinds.get(`${object.apiVersion}/${object.kind}`);
    if (kind === undefined || kind.schema === null) return [];
    const validate = validators.get(kind) ?? compile(kind.schema);
    validators.set(kind, validate);
    if (validate === null || validate(object)) return [];
    return (validate.errors ?? []).map((error) => describe(error, object));
  };
}

// Null if JavaScript cannot read a pattern that Go can read, such as `(?i)`.
function compile(schema: Mapping): ValidateFunction | null {
  // Loaded here, on first use, so that a synth without custom kinds does not pay for it.
  const { Ajv } = require('ajv') as typeof import('ajv');
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false, validateSchema: false });
  try {
    return ajv.compile(withIdentity(toJsonSchema(schema)));
  } catch {
    return null;
  }
}

const open = { type: 'object' } as const;
const text = { type: 'string' } as const;

// The fields that every object has, even if its CRD does not list them.
function withIdentity(schema: Mapping): Mapping {
  const properties = isMapping(schema.properties) ? schema.properties : {};
  const status = Object.hasOwn(properties, 'status') ? { status: {} } : {};
  return { ...schema, properties: { ...properties, apiVersion: text, kind: text, metadata: open, ...status } };
}

function mapValues(values: unknown, map: (value: Mapping) => unknown): Mapping {
  return Object.fromEntries(
    Object.entries(values as Readonly<Record<string, Mapping>>).map(([key, one]) => [key, map(one)]),
  );
}

/**
 * A structural schema of Kubernetes as a closed JSON Schema: a server prunes unknown fields, or refuses them if asked
 * to. The server checks CEL rules (`x-kubernetes-validations`).
 */
function toJsonSchema(schema: Mapping): Mapping {
  const { properties, items, additionalProperties, type, required, nullable } = schema;
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isOpen = properties === undefined || keepsUnknown || additionalProperties !== undefined;
  const types = schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : [type];
  const isNullable = nullable === true || 'default' in schema;
  const children = isMapping(properties) ? properties : {};
  const isAsked = (key: unknown): boolean => !('default' in ((children[String(key)] ?? {}) as Mapping));
  return {
    ...schema,
    ...(types[0] === undefined ? {} : { type: isNullable ? [...types, 'null'] : types }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, toJsonSchema) }),
    ...(isMapping(items) ? { items: toJsonSchema(items) } : {}),
    ...(isMapping(additionalProperties) ? { additionalProperties: toJsonSchema(additionalProperties) } : {}),
    ...(isOpen ? {} : { additionalProperties: false }),
    ...(Array.isArray(required) ? { required: required.filter(isAsked) } : {}),
  };
}

const inWords = new Set(['additionalProperties', 'required', 'type', 'enum']);

function describe(
  { keyword, params, message, instancePath, parentSchema, data: got }: ErrorObject,
  object: Mapping,
): SchemaFinding {
  const path = toPath(instancePath, object);
  if (!inWords.has(keyword)) return { path, got, expected: `a value that ${message}`, fix: 'correct it' };
  const schema = withoutPatterns(parentSchema as Schema);
  return describeFault({ keyword, params, path, schema, got }, (key, _path, free) =>
    didYouMean(key, free, 'remove it'),
  );
}

// Our words for patterns describe Kubernetes' quantities. The pattern of a user's CRD would tell a reader nothing.
function withoutPatterns({ pattern: _, anyOf: __, properties, ...schema }: Schema): Schema {
  if (properties === undefined) return schema;
  return { ...schema, properties: mapValues(properties, withoutPatterns) as Readonly<Record<string, Schema>> };
}
