import type { ErrorObject } from 'ajv';
import { didYouMean } from '../domain/suggestion.ts';
import type { Finding } from './finding.ts';
import type { Path } from './yaml-source.ts';

/** One mistake in the values; its path begins at the values themselves. */
export type ValuesFinding = Omit<Finding, 'at'>;

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

const limitWords: Readonly<Record<string, (limit: number) => Pick<Finding, 'expected' | 'fix'>>> = {
  minimum: (limit) => ({ expected: `${limit} or more`, fix: 'raise it' }),
  maxItems: (limit) => ({ expected: `at most ${limit} entries`, fix: 'remove some' }),
};

const listedKeys = 8;

/** Checks further values of Istio's charts against the schema of the Sail operator's CRD, all mistakes at once. */
export function checkIstioValues(values: Readonly<Record<string, unknown>>): readonly ValuesFinding[] {
  if (Object.keys(values).length === 0) return [];
  // Only here, and only now: a synth without values pays for neither.
  const { Ajv } = require('ajv') as typeof import('ajv');
  // Drafts 7 and 2020-12 read the keywords of this schema alike; ajv loads sooner without the latter.
  const { $schema: _, ...schema } = require('../../schemas/istio-values.schema.json') as Schema & { $schema: string };
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, meta: false, validateSchema: false });
  const validate = ajv.compile(narrowed(schema, values));
  validate(values);
  const findings = (validate.errors ?? []).filter(isWhole).map((error) => describe(error, values, schema));
  // A number where words are expected has the wrong type and is none of the words: one mistake.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding.path), finding])).values()];
}

// The schema of the keys that are there. Compiling all of it takes ajv 8.20 most of a second.
function narrowed(schema: Schema, value: unknown): Schema {
  if (schema.properties === undefined) return schema;
  const mapping = isMapping(value) ? value : {};
  const properties = Object.entries(schema.properties).map(([key, child]) => {
    const isNeeded = Object.hasOwn(mapping, key) || schema.required?.includes(key);
    return [key, isNeeded ? narrowed(child, mapping[key]) : {}];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The branches of an `anyOf` complain one by one, and then it does itself.
function isWhole({ schemaPath }: ErrorObject): boolean {
  return !/\/anyOf\/\d/.test(schemaPath);
}

function describe(error: ErrorObject, values: unknown, root: Schema): ValuesFinding {
  const schema = error.parentSchema as Schema;
  const path = toPath(error.instancePath, values);
  if (error.keyword === 'additionalProperties') return unknownKey(error, path, root);
  if (error.keyword === 'required') {
    const key: string = error.params.missingProperty;
    const expected = expectedOf(schema.properties?.[key] ?? {});
    return { path: [...path, key], got: undefined, expected, fix: `add ${key}` };
  }
  const got = error.data;
  const limit = limitWords[error.keyword]?.(error.params.limit);
  if (limit !== undefined) return { path, got, ...limit };
  const expected = expectedOf(schema);
  return { path, got, expected, fix: fixOf(got, schema, expected) };
}

function unknownKey({ parentSchema, params, data }: ErrorObject, path: Path, root: Schema): ValuesFinding {
  const key: string = params.additionalProperty;
  const known = Object.keys((parentSchema as Schema).properties ?? {});
  const free = known.filter((candidate) => !Object.hasOwn(data as object, candidate));
  // Helm users may write istiod's own values at the top: its chart copies `pilot` there (Istio 1.30.3, manifests/charts/
  // istio-control/istio-discovery/templates/zzy_descope_legacy.yaml). The Sail operator has no such keys at the top.
  const isPilots = path.length === 0 && Object.hasOwn(root.properties?.pilot?.properties ?? {}, key);
  const otherwise = 'remove it, or choose a key of schemas/istio-values.schema.json';
  return {
    path: [...path, key],
    got: key,
    expected: oneOf(known),
    fix: isPilots ? `move it below pilot: pilot.${key}` : didYouMean(key, free, otherwise),
    isKey: true,
  };
}

function oneOf(words: readonly string[]): string {
  const listed = words.slice(0, words.length > listedKeys + 1 ? listedKeys : words.length);
  const rest = words.length - listed.length;
  return `one of ${listed.map((word) => `"${word}"`).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

function expectedOf({ type, enum: words, pattern, anyOf }: Schema): string {
  if (words !== undefined) return oneOf(words);
  // The only pattern of the schema: Kubernetes' resource quantities.
  if (pattern !== undefined) return 'a quantity, such as "500m" or "2Gi"';
  if (anyOf !== undefined) return anyOf.map(expectedOf).join(' or ');
  return typeWords[type ?? ''] ?? 'a value';
}

const unquoted: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false)$/,
  integer: /^-?\d{1,15}$/,
  number: /^-?\d{1,15}(\.\d{1,15})?$/,
};

const layouts: Readonly<Record<string, string>> = {
  array: 'write each entry on a line of its own that begins with "- "',
  object: 'write its keys on lines of their own, indented',
};

function fixOf(got: unknown, schema: Schema, expected: string): string {
  if (got === null) return `write ${expected}, or remove the key`;
  if (schema.enum !== undefined) return didYouMean(got, schema.enum, 'choose one of them');
  if (typeof got === 'string' && unquoted[schema.type ?? '']?.test(got)) return 'remove the quotes';
  if (schema.type === 'string' && typeof got !== 'object') return 'put it in quotes';
  if (schema.anyOf !== undefined && typeof got === 'number') return 'put it in quotes';
  return layouts[schema.type ?? ''] ?? `write ${expected}`;
}

function toPath(pointer: string, values: unknown): Path {
  let node = values;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const isEntry = Array.isArray(node);
      node = (node as Readonly<Record<string, unknown>>)[key];
      return isEntry ? Number(key) : key;
    });
}
