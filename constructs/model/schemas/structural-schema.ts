import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import type { Path } from '../../domain/json/path.ts';

const types = new Set<unknown>(['object', 'array', 'string', 'integer', 'number', 'boolean']);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isText = (value: unknown): boolean => typeof value === 'string';
const isSchemas = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isMapping);

/** The keywords of a structural schema that say something about a value, and the form of each. */
const forms: Readonly<Record<string, { readonly expected: string; readonly fits: (value: unknown) => boolean }>> = {
  type: { expected: `one of ${[...types].join(', ')}`, fits: (value) => types.has(value) },
  properties: {
    expected: 'a mapping of schemas',
    fits: (value) => isMapping(value) && Object.values(value).every(isMapping),
  },
  items: { expected: 'a schema', fits: isMapping },
  additionalProperties: { expected: 'a schema, true or false', fits: (value) => isMapping(value) || isFlag(value) },
  required: { expected: 'a list of keys', fits: (value) => Array.isArray(value) && value.every(isText) },
  enum: { expected: 'a list of values', fits: (value) => Array.isArray(value) && value.length > 0 },
  pattern: { expected: 'a pattern as text', fits: isText },
  minimum: { expected: 'a number', fits: isNumber },
  maximum: { expected: 'a number', fits: isNumber },
  exclusiveMinimum: { expected: 'true or false', fits: isFlag },
  exclusiveMaximum: { expected: 'true or false', fits: isFlag },
  multipleOf: { expected: 'a number above 0', fits: (value) => isNumber(value) && Number(value) > 0 },
  minLength: { expected: 'a whole number', fits: isCount },
  maxLength: { expected: 'a whole number', fits: isCount },
  minItems: { expected: 'a whole number', fits: isCount },
  maxItems: { expected: 'a whole number', fits: isCount },
  minProperties: { expected: 'a whole number', fits: isCount },
  maxProperties: { expected: 'a whole number', fits: isCount },
  nullable: { expected: 'true or false', fits: isFlag },
  allOf: { expected: 'a list of schemas', fits: isSchemas },
  anyOf: { expected: 'a list of schemas', fits: isSchemas },
  oneOf: { expected: 'a list of schemas', fits: isSchemas },
  not: { expected: 'a schema', fits: isMapping },
};

// A server refuses the first ones by name (apiextensions-apiserver, pkg/apiserver/schema/validation.go).
const forbidden = new Set(['definitions', 'dependencies', 'patternProperties', 'id']);

/** A keyword that a server refuses. */
export interface SchemaKeywordFault {
  readonly path: Path;
  readonly keyword: string;
  readonly expected: string;
}

/** The keywords that a server refuses in the schema of a CustomResourceDefinition. */
export function findKeywordFaults(schema: Mapping): readonly SchemaKeywordFault[] {
  const faults: SchemaKeywordFault[] = [];
  const open: { readonly at: Mapping; readonly path: Path }[] = [{ at: schema, path: [] }];
  // The list grows while it is read.
  for (const { at, path } of open) {
    for (const [keyword, value] of Object.entries(at)) {
      const form = formOf(keyword);
      if (form !== undefined && value !== null && !form.fits(value))
        faults.push({ path: [...path, keyword], keyword, expected: form.expected });
      if (keyword.startsWith('$') || forbidden.has(keyword))
        faults.push({ path: [...path, keyword], keyword, expected: 'a structural schema, without this keyword' });
    }
    for (const child of childrenOf(at)) open.push({ at: child.at, path: [...path, ...child.path] });
  }
  return faults;
}

function formOf(keyword: string): (typeof forms)[string] | undefined {
  return Object.hasOwn(forms, keyword) ? forms[keyword] : undefined;
}

function childrenOf(schema: Mapping): readonly { readonly at: Mapping; readonly path: Path }[] {
  const { properties, items, additionalProperties, not, allOf, anyOf, oneOf } = schema;
  const named = Object.entries({ items, additionalProperties, not }).map(([key, at]) => ({ at, path: [key] as Path }));
  const inMapping = isMapping(properties) ? Object.entries(properties) : [];
  const inLists = Object.entries({ allOf, anyOf, oneOf }).flatMap(([key, list]) =>
    (Array.isArray(list) ? list : []).map((at: unknown, index) => ({ at, path: [key, index] as Path })),
  );
  return [...named, ...inMapping.map(([key, at]) => ({ at, path: ['properties', key] as Path })), ...inLists].flatMap(
    ({ at, path }) => (isMapping(at) ? [{ at, path }] : []),
  );
}

/** The known keywords of a schema that have the right form. A validator can read any schema of these. */
export function knownKeywordsOf(schema: Mapping): Mapping {
  return Object.fromEntries(Object.entries(schema).filter(([keyword, value]) => formOf(keyword)?.fits(value) === true));
}
