import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullSample, type StructuralSchema } from './json-schema.ts';

const file = join(import.meta.dirname, '../../../schemas/kubernetes.schema.json');

interface Definition {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly [keyword: string]: unknown;
}

const { kinds, definitions } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Definition>>;
};

/** An object with every field of Kubernetes' schema. */
export interface KubernetesSample {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

// Parts that our reader of structural schemas does not support: references, two types at once, and the pattern of
// quantities.
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...schema } = node as Definition;
  if ($ref !== undefined) return plain(definitions[$ref.replace('#/definitions/', '')]);
  if (schema.pattern !== undefined) return { enum: ['500m'] };
  if (Array.isArray(schema.type)) return { type: schema.type[0] };
  return Object.fromEntries(Object.entries(schema).map(([key, child]) => [key, plain(child)]));
}

/** One object of every kind in the schema, with every field that it may have. */
export const kubernetesSamples: readonly KubernetesSample[] = Object.entries(kinds).map(([kind, name]) => {
  const slash = kind.lastIndexOf('/');
  const sample = fullSample(plain(definitions[name]) as StructuralSchema) as object;
  return { ...sample, apiVersion: kind.slice(0, slash), kind: kind.slice(slash + 1) };
});
