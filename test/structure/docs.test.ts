import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { declarationSchema } from '../../constructs/model/declaration/declaration.ts';
import { errorRules, ruleId, warningRules } from '../../constructs/model/rules/index.ts';
import { shapeRules } from '../../constructs/model/shape-rules.ts';
import { renderIstioValuesSchema } from '../../tools/istio-values.mts';
import { renderDeclarationSchema } from '../../tools/schema.mts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

describe.each(documents)('%s', (document) => {
  const text = read(document);

  test('links only to what exists', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].flatMap(([, target]) => target ?? []);
    expect(links.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });

  test('names only paths of the project that exist', () => {
    const paths = [
      ...text.matchAll(/`((?:constructs|test|docs|examples|workloads|tools|crds|imports|schemas|dist)\/[\w./-]*)`/g),
    ];
    expect(paths.flatMap(([, path]) => path ?? []).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names only scripts that exist', () => {
    const names = [...text.matchAll(/npm run ([\w:-]+)/g)].flatMap(([, name]) => name ?? []);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

// Each of these is run: the first two by .ci/run, the others by test/cli.
test('the README shows only commands that are run', () => {
  const blocks = [...read('README.md').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    (block ?? '').trim().split('\n'),
  );
  expect(blocks.map((line) => line.replace(/ *#.*/, ''))).toEqual([
    'npm ci && npx cdk8s synth',
    'npm ci && npm test',
    'npm run synth',
    'git diff dist',
  ]);
});

test('docs/rules.md lists every rule, and no other', () => {
  const listed = [...read('docs/rules.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].flatMap(([, id]) => id ?? []);
  const ids = [
    ...Object.keys({ ...errorRules, ...warningRules }).map(ruleId),
    ...shapeRules,
    'key-is-known',
    'required-key-is-present',
    'declaration-exists',
    'file-is-readable',
    'file-is-yaml',
    'file-is-one-document',
  ];
  expect(listed.sort()).toEqual(ids.sort());
});

test('docs/declaration.md describes every key, and no other', () => {
  const listed = [...read('docs/declaration.md').matchAll(/^\| `([\w[\].*]+)` \|/gm)].flatMap(([, key]) => key ?? []);
  expect(listed).toEqual(keysOf(declarationSchema as unknown as SchemaNode, ''));
});

interface SchemaNode {
  readonly def: {
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly valueType?: SchemaNode;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly options?: readonly SchemaNode[];
  };
}

// The leaves of the schema as paths: clusters[].gateway.port
function keysOf(node: SchemaNode, path: string): readonly string[] {
  const { element, valueType, shape } = withKeys(node).def;
  if (shape !== undefined)
    return Object.entries(shape).flatMap(([key, child]) => keysOf(child, path === '' ? key : `${path}.${key}`));
  const [inner, innerPath] = element === undefined ? [valueType, `${path}.*`] : [element, `${path}[]`];
  const below = inner === undefined ? [] : keysOf(inner, innerPath);
  const isLeaf = below.length === 0 || (below.length === 1 && below[0] === innerPath);
  return isLeaf ? [path] : below;
}

// Of a word or a mapping, the mapping; of what has a default, what it is.
function withKeys(node: SchemaNode): SchemaNode {
  const inner = node.def.innerType ?? node.def.options?.find((option) => option.def.shape !== undefined);
  return inner === undefined ? node : withKeys(inner);
}

test('schemas/federation.schema.json is what the code says', () => {
  expect(read('schemas/federation.schema.json')).toBe(renderDeclarationSchema());
});

test('schemas/istio-values.schema.json is what the CRD of the Sail operator says', () => {
  expect(read('schemas/istio-values.schema.json')).toBe(renderIstioValuesSchema());
});
