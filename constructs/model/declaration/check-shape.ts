import { isScalar } from 'yaml';
import type { z } from 'zod';
import { groupBy } from '../../domain/group-by.ts';
import { hasAt, type Path, valueAt } from '../../domain/json/path.ts';
import { dnsLabelPattern } from '../../domain/kubernetes/dns-names.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';
import { type Finding, toProblem } from '../problems/finding.ts';
import { Described } from '../problems/printable.ts';
import type { Problem } from '../problems/problem.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { adviseOnPlace, keyNodeOf, knownKeys, nodeAt } from './schema-nodes.ts';
import { adviseOnShape, adviseToAdd } from './shape-advice.ts';
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
  const findings = result.error.issues.flatMap((issue) => describeIssue(issue, document, schema));
  return {
    value: null,
    draft: cut(
      document.value,
      findings.map(({ path }) => path),
    ) as Draft<T>,
    problems: findings.map((finding) => toProblem(finding.rule, finding, document)),
  };
}

function describeIssue(issue: z.core.$ZodIssue, document: YamlDocument, schema: z.ZodType): readonly RuledFinding[] {
  const { value } = document;
  const path = issue.path as Path;
  const got = valueAt(value, path);
  const inner = issue.code === 'invalid_union' ? issuesInside(issue, got) : [];
  if (inner.length > 0) return inner.flatMap((one) => describeIssue(one, document, schema));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], value, schema));
  if (issue.code === 'invalid_key') return [keyFinding(issue.issues[0]?.message ?? '', path, value, schema)];
  const { rule, fix, ...shape } = findShapeRule(issue.message);
  const words = wordsOf(issue);
  const expected = shape.expected ?? eitherOf(words);
  const node = nodeAt(schema, path);
  if (got === undefined && path.length > 0)
    return [{ rule: 'required-key-is-present', path, got, expected, fix: adviseToAdd(String(path.at(-1)), node) }];
  const source = sourceAt(document, path);
  const misfit = { got, source, step: path.at(-1) ?? '', node, words, clusters: clustersIn(value) };
  return [{ rule, path, got: shown(got, source), expected, fix: adviseOnShape(rule, misfit) ?? fix }];
}

// The words among which the value may choose, at the place itself.
function wordsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? issue.errors.flat().filter(isHere).flatMap(wordsOf) : [];
}

const isHere = ({ path }: z.core.$ZodIssue): boolean => path.length === 0;

// The names to which references may point, whatever else is wrong with the clusters.
function clustersIn(value: unknown): readonly string[] {
  const clusters = valueAt(value, ['clusters']);
  const names = Array.isArray(clusters) ? clusters.map((cluster) => valueAt(cluster, ['name'])) : [];
  return names.filter((name) => typeof name === 'string').filter((name) => dnsLabelPattern.test(name));
}

// The value as written, if it is a scalar without quotes.
function sourceAt(document: YamlDocument, path: Path): string | null {
  const node = document.nodeAt(path);
  return isScalar(node) && node.type === 'PLAIN' ? (node.source ?? null) : null;
}

function shown(got: unknown, source: string | null): unknown {
  if (got === null) return new Described('no value');
  return typeof got === 'number' && source !== null ? new Described(source) : got;
}

function keyFinding(message: string, path: Path, value: unknown, schema: z.ZodType): RuledFinding {
  const { rule, expected, fix } = findShapeRule(message);
  const got = path.at(-1);
  const misfit = { got, source: null, step: '', node: keyNodeOf(schema, path.slice(0, -1)), words: [] };
  const advice = adviseOnShape(rule, { ...misfit, clusters: clustersIn(value) });
  return { rule, expected: expected ?? 'a known key', fix: advice ?? fix, path, got, isKey: true };
}

// `"a", "b" or "c"`
function eitherOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter((part) => part !== '').join(' or ');
}

// A mapping or a list where a word is also allowed: the mistake is inside.
function issuesInside(issue: z.core.$ZodIssueInvalidUnion, got: unknown): readonly z.core.$ZodIssue[] {
  if (typeof got !== 'object' || got === null) return [];
  const isInside = (one: z.core.$ZodIssue): boolean => !isHere(one) || one.code === 'unrecognized_keys';
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
      adviseOnPlace(schema, path) ?? 'remove it',
    ),
    isKey: true,
  };
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
