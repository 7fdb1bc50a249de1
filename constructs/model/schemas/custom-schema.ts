import type { ErrorObject, ValidateFunction } from 'ajv';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import type { CustomKind } from '../../domain/kubernetes/custom-kinds.ts';
import { didYouMean } from '../problems/suggestion.ts';
import type { KubernetesCheck } from './kubernetes-schema.ts';
import { makePatternTest } from './pattern-cost.ts';
import { describeFault, type Schema, type SchemaFinding, toPath } from './schema-findings.ts';
import { knownKeywordsOf } from './structural-schema.ts';

/** Checks an object against the CustomResourceDefinition of its kind. A kind without a definition gives no findings. */
export function makeCustomCheck(customKinds: readonly CustomKind[]): KubernetesCheck {
  const kinds = new Map(customKinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind]));
  const validators = new Map<CustomKind, ValidateFunction>();
  return (object) => {
    const kind = kinds.get(`${object.apiVersion}/${object.kind}`);
    if (kind === undefined || kind.schema === null) return [];
    const validate = validators.get(kind) ?? compile(kind.schema);
    validators.set(kind, validate);
    if (validate(object)) return [];
    return (validate.errors ?? []).map((error) => describe(error, object));
  };
}

function compile(schema: Mapping): ValidateFunction {
  // Loaded here, on first use, so that a synth without custom kinds does not pay for it.
  const { Ajv } = require('ajv') as typeof import('ajv');
  const regExp = Object.assign((pattern: string) => ({ test: makePatternTest(pattern) }), { code: 'makePatternTest' });
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateSchema: false, code: { regExp } });
  return ajv.compile(withIdentity(toJsonSchema(schema)));
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
  const { properties, items, additionalProperties, type, required, ...others } = knownKeywordsOf(schema);
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isOpen = properties === undefined || keepsUnknown || additionalProperties !== undefined;
  const types = schema['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : [type];
  const isNullable = schema.nullable === true || 'default' in schema;
  const children = isMapping(properties) ? properties : {};
  const isAsked = (key: unknown): boolean => !('default' in ((children[String(key)] ?? {}) as Mapping));
  return {
    ...withConditions(others),
    ...(types[0] === undefined ? {} : { type: isNullable ? [...types, 'null'] : types }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, toJsonSchema) }),
    ...(isMapping(items) ? { items: toJsonSchema(items) } : {}),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: mapSchema(additionalProperties, toJsonSchema) }),
    ...(isOpen ? {} : { additionalProperties: false }),
    ...(Array.isArray(required) ? { required: required.filter(isAsked) } : {}),
  };
}

const mapSchema = (value: unknown, map: (schema: Mapping) => Mapping): unknown =>
  isMapping(value) ? map(value) : value;

const combinations = ['allOf', 'anyOf', 'oneOf'];

/** A schema inside allOf, anyOf, oneOf or not: it adds conditions, and knows only some of the fields. */
function toConditions(schema: Mapping): Mapping {
  const { properties, items, additionalProperties, ...others } = knownKeywordsOf(schema);
  return {
    ...withConditions(others),
    ...(properties === undefined ? {} : { properties: mapValues(properties, toConditions) }),
    ...(isMapping(items) ? { items: toConditions(items) } : {}),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: mapSchema(additionalProperties, toConditions) }),
  };
}

// The keywords that combine conditions, and the bounds as JSON Schema writes them.
function withConditions({
  exclusiveMinimum,
  exclusiveMaximum,
  minimum,
  maximum,
  nullable: _,
  ...others
}: Mapping): Mapping {
  const combined = combinations
    .filter((key) => key in others)
    .map((key) => [key, (others[key] as readonly Mapping[]).map(toConditions)]);
  return {
    ...others,
    ...Object.fromEntries(combined),
    ...(isMapping(others.not) ? { not: toConditions(others.not) } : {}),
    ...(minimum === undefined ? {} : { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum === undefined ? {} : { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
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
