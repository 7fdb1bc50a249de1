/** The schema of declarations in a form in which each mistake is one error of a validator: `npm run schema`. */
import { z } from 'zod';
import { makeDeclarationSchema } from '../constructs/model/declaration/declaration.ts';
import { modelSlices } from '../constructs/slices.ts';

interface Schema {
  readonly [keyword: string]: unknown;
}

// A relative id resolves to the file itself, wherever it is, and so does the reference to the other file beside it.
const id = 'federation.schema.json';
const valuesFile = 'istio-values.schema.json';

/** The schema of declarations as users write them, with defaults not yet filled in, as the text of a file. */
export function renderDeclarationSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(makeDeclarationSchema(modelSlices), { io: 'input' });
  const title = 'A federation of Kubernetes clusters with an Istio mesh';
  const description = 'What a synth builds: see docs/declaration.md';
  return `${JSON.stringify({ $schema, $id: id, title, description, ...simplify(schema, []) }, null, 2)}\n`;
}

function simplify(schema: Schema, path: readonly string[]): Schema {
  // Editors check and complete the values at once, with the schema of the values. A synth checks them in a rule.
  if (path.join('.').endsWith('istio.values')) return referTo(schema);
  const { anyOf, ...rest } = schema;
  if (Array.isArray(anyOf)) return simplify(merge(rest, anyOf as readonly Schema[]), path);
  return [withoutRepetition, withKeyPatterns, withChildren].reduce<Schema>(
    (node, change) => change(node, path),
    schema,
  );
}

function referTo({ description, default: nothing, examples }: Schema): Schema {
  return { description, default: nothing, examples, $ref: valuesFile };
}

// A value that is not one of the words would also have the wrong type.
function withoutRepetition(schema: Schema): Schema {
  if (schema.enum === undefined) return schema;
  const { type: _, ...rest } = schema;
  return rest;
}

// `propertyNames` would report the pattern, and then itself.
function withKeyPatterns(schema: Schema): Schema {
  if (schema.propertyNames === undefined) return schema;
  const { propertyNames, additionalProperties, ...rest } = schema;
  const { pattern } = propertyNames as { readonly pattern?: string };
  if (pattern === undefined) return { ...rest, additionalProperties };
  return { ...rest, patternProperties: { [pattern]: additionalProperties }, additionalProperties: false };
}

function withChildren(schema: Schema, path: readonly string[]): Schema {
  const each = (children: unknown): unknown =>
    Object.fromEntries(
      Object.entries(children as Schema).map(([key, child]) => [key, simplify(child as Schema, [...path, key])]),
    );
  const change = (keyword: string, value: unknown): unknown => {
    if (keyword === 'properties' || keyword === 'patternProperties') return each(value);
    const isSchema = typeof value === 'object' && ['items', 'additionalProperties'].includes(keyword);
    return isSchema ? simplify(value as Schema, path) : value;
  };
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, change(keyword, value)]));
}

/**
 * One schema for values of several types. Each keyword concerns values of one type only, so that a validator reports
 * what is wrong with the value, and not every type that it is not.
 */
function merge(outer: Schema, branches: readonly Schema[]): Schema {
  const merged = branches.map(asType);
  const types = merged.map(({ type }) => type);
  if (new Set(types).size < types.length) throw new Error(`two branches have one type: ${JSON.stringify(branches)}`);
  const keywords = merged.map(({ type: _, description: __, examples: ___, ...rest }) => rest);
  return { ...Object.assign({}, ...keywords), ...outer, type: types };
}

function asType({ const: word, ...schema }: Schema): Schema {
  return word === undefined ? schema : { type: 'string', pattern: `^${String(word)}$` };
}
