import type { z } from 'zod';
import { groupBy } from '../../domain/group-by.ts';
import { isMapping } from '../../domain/json/mapping.ts';
import { hasAt, type Path, valueAt } from '../../domain/json/path.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';
import { type Finding, toProblem } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { findShapeRule } from './shape-rules.ts';

/** A value of which any part may be missing: the rest of a declaration after its misshapen parts are cut out. */
export type Draft<T> = T extends readonly (infer E)[]
  ? readonly (Draft<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> | undefined }
    : T;

/** The outcome of a shape check: the value if it is right, and in any case the part that can be checked further. */
export interface ShapeResult<T> {
  readonly value: T | null;
  readonly draft: Draft<T>;
  readonly problems: readonly Problem[];
}

interface RuledFinding extends Finding {
  readonly rule: string;
}

/** Checks a document against a schema and reports all mistakes at once. */
export function checkShape<T>(schema: z.ZodType<T>, document: YamlDocument): ShapeResult<T> {
  const result = schema.safeParse(document.value);
  if (result.success) return { value: result.data, draft: result.data as Draft<T>, problems: [] };
  const findings = result.error.issues.flatMap((issue) => describeIssue(issue, document.value, schema));
  return {
    value: null,
    draft: cut(
      document.value,
      findings.map(({ path }) => path),
    ) as Draft<T>,
    problems: findings.map((finding) => toProblem(finding.rule, finding, document)),
  };
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): readonly RuledFinding[] {
  const path = issue.path as Path;
  const got = valueAt(value, path);
  const inner = issue.code === 'invalid_union' ? mappingIssues(issue, got) : [];
  if (inner.length > 0) return inner.flatMap((one) => describeIssue(one, value, schema));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], value, schema));
  if (issue.code === 'invalid_key') return [keyFinding(issue.issues[0]?.message ?? '', path)];
  const { rule, fix, ...shape } = findShapeRule(issue.message);
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const expected = shape.expected ?? eitherOf(words);
  if (got === undefined && path.length > 0)
    return [{ rule: 'required-key-is-present', path, got, expected, fix: `add ${path.at(-1)}` }];
  return [{ rule, path, got, expected, fix: didYouMean(got, words, fix) }];
}

function keyFinding(message: string, path: Path): RuledFinding {
  const { rule, expected, fix } = findShapeRule(message);
  return { rule, expected: expected ?? 'a known key', fix, path, got: path.at(-1), isKey: true };
}

// `"a", "b" or "c"`
function eitherOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter((part) => part !== '').join(' or ');
}

// A mapping where a word or a mapping is allowed: the mistake is inside the mapping.
function mappingIssues(issue: z.core.$ZodIssueInvalidUnion, got: unknown): readonly z.core.$ZodIssue[] {
  if (!isMapping(got)) return [];
  const isInside = ({ path, code }: z.core.$ZodIssue): boolean => path.length > 0 || code === 'unrecognized_keys';
  const branch = issue.errors.find((issues) => issues.every(isInside)) ?? [];
  return branch.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

function unknownKey(path: Path, value: unknown, schema: z.ZodType): RuledFinding {
  const known = knownKeys(schema, path.slice(0, -1));
  return {
    rule: 'key-is-known',
    path,
    got: path.at(-1),
    expected: `one of ${known.map((key) => `"${key}"`).join(', ')}`,
    fix: didYouMean(
      path.at(-1),
      known.filter((key) => !hasAt(value, [...path.slice(0, -1), key])),
      'remove it',
    ),
    isKey: true,
  };
}

interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly valueType?: SchemaNode;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly options?: readonly SchemaNode[];
  };
}

// Follows a path through the schema and lists the keys that its mapping knows.
function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  let node: SchemaNode | undefined = unwrap(schema as unknown as SchemaNode);
  for (const step of path)
    node = unwrap(typeof step === 'number' ? node?.def.element : (node?.def.shape?.[step] ?? node?.def.valueType));
  return Object.keys(node?.def.shape ?? {});
}

function unwrap(node: SchemaNode | undefined): SchemaNode | undefined {
  // If a value may be a word or a mapping, only the mapping has keys.
  const inner = node?.def.innerType ?? node?.def.options?.find((option) => option.def.shape !== undefined);
  return inner === undefined ? node : unwrap(inner);
}

// A copy without the values at these paths. List entries keep their positions, so that paths remain valid.
function cut(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return Array.isArray(value) ? [] : {};
  const below = groupBy(paths, ([first]) => String(first));
  const keep = (step: string | number, child: unknown): unknown => {
    const inner = below.get(String(step))?.map((path) => path.slice(1));
    if (inner === undefined) return child;
    return inner.some((path) => path.length === 0) ? undefined : cut(child, inner);
  };
  if (Array.isArray(value)) return value.map((child, index) => keep(index, child));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, keep(key, child)]));
}
