import { type Path, valueAt } from '../../domain/json/path.ts';
import { parseJsonPointer } from '../../domain/json/pointer.ts';
import type { Finding } from '../problems/finding.ts';
import { didYouMean } from '../problems/suggestion.ts';

/** One mistake in a value that a schema describes; its path begins at the value itself. */
export type SchemaFinding = Omit<Finding, 'at'>;

/** A JSON Schema, limited to the keywords that our schemas use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
}

/** An error of ajv, with its path and the schema and the value there. */
export interface SchemaFault {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly path: Path;
  readonly schema: Schema;
  readonly got: unknown;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

const limitWords: Readonly<Record<string, (limit: unknown) => Pick<Finding, 'expected' | 'fix'>>> = {
  minimum: (limit) => ({ expected: `${limit} or more`, fix: 'raise it' }),
  maxItems: (limit) => ({ expected: `at most ${limit} entries`, fix: 'remove some' }),
};

const listedKeys = 8;

/**
 * Describes a fault in words. `fixKey` gives the advice for an unknown key, from the known keys that are still free.
 */
export function describeFault(
  fault: SchemaFault,
  fixKey: (key: string, path: Path, free: readonly string[]) => string,
): SchemaFinding {
  const { keyword, params, path, schema, got } = fault;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const known = Object.keys(schema.properties ?? {});
    const free = known.filter((candidate) => !Object.hasOwn(got as object, candidate));
    return { path: [...path, key], got: key, expected: oneOf(known), fix: fixKey(key, path, free), isKey: true };
  }
  if (keyword === 'required') {
    const key = String(params.missingProperty);
    const expected = expectedOf(schema.properties?.[key] ?? {});
    return { path: [...path, key], got: undefined, expected, fix: `add ${key}` };
  }
  const limit = limitWords[keyword]?.(params.limit);
  if (limit !== undefined) return { path, got, ...limit };
  const expected = expectedOf(schema);
  return { path, got, expected, fix: fixOf(got, schema, expected) };
}

function oneOf(words: readonly string[]): string {
  const listed = words.slice(0, words.length > listedKeys + 1 ? listedKeys : words.length);
  const rest = words.length - listed.length;
  return `one of ${listed.map((word) => `"${word}"`).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

const typesOf = ({ type = [] }: Schema): readonly string[] => (typeof type === 'string' ? [type] : type);

/** The value that a schema requires, in words. */
export function expectedOf(schema: Schema): string {
  if (schema.enum !== undefined) return oneOf(schema.enum);
  // Our schemas have only one pattern, that of Kubernetes' resource quantities.
  if (schema.pattern !== undefined) return 'a quantity, such as "500m" or "2Gi"';
  if (schema.anyOf !== undefined) return schema.anyOf.map(expectedOf).join(' or ');
  return (
    typesOf(schema)
      .map((type) => typeWords[type])
      .join(' or ') || 'a value'
  );
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
  const [type = ''] = typesOf(schema);
  if (got === null) return `write ${expected}, or remove the key`;
  if (schema.enum !== undefined) return didYouMean(got, schema.enum, 'choose one of them');
  if (typeof got === 'string' && unquoted[type]?.test(got)) return 'remove the quotes';
  if (type === 'string' && schema.pattern === undefined && typeof got !== 'object') return 'put it in quotes';
  if (schema.anyOf !== undefined && typeof got === 'number') return 'put it in quotes';
  return layouts[type] ?? `write ${expected}`;
}

/** The place that ajv's `instancePath` names in a value. */
export function toPath(pointer: string, value: unknown): Path {
  const steps = parseJsonPointer(pointer) ?? [];
  return steps.map((step, depth) => (Array.isArray(valueAt(value, steps.slice(0, depth))) ? Number(step) : step));
}
