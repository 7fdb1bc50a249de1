import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryFiles } from '../../command/init/files.ts';
import { makeDeclarationSchema } from '../../constructs/model/declaration/declaration.ts';
import { shapeRules } from '../../constructs/model/declaration/shape-rules.ts';
import { ruleId } from '../../constructs/model/rules/judge.ts';
import { modelSlices } from '../../constructs/slices.ts';
import { renderIstioValuesSchema } from '../../tools/istio-values-schema.mts';
import { kubernetesSource } from '../../tools/kubernetes-source.mts';
import { renderKubernetesValidators } from '../../tools/kubernetes-validators.mts';
import { renderDeclarationSchema } from '../../tools/schema.mts';
import { listFiles } from '../support/files.ts';
import { blocksOf } from '../support/pages.ts';
import { ruleNames } from '../support/rules.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
// Pages also tell of the repository that `mesh-federation init` makes.
const answers = {
  name: 'demo',
  clusters: [],
  topology: 'multi-primary',
  engine: 'plain',
  gitops: null,
  packageSpec: '',
};
const initFiles = repositoryFiles(answers).map(({ path }) => path);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

describe.each(documents)('%s', (document) => {
  const text = read(document);

  test('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].flatMap(([, target]) => target ?? []);
    expect(links.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });

  test('links only to headings that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    const missing = links.filter(([, target = '', anchor = '']) => {
      const path = target === '' ? document : join(dirname(document), target);
      return path.endsWith('.md') && !anchorsOf(read(path)).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  test('names only paths of the project that exist', () => {
    const paths = [
      ...text.matchAll(/`((?:constructs|test|docs|examples|workloads|tools|crds|imports|schemas|dist)\/[\w./-]*)`/g),
    ];
    const exists = (path: string): boolean => existsSync(join(root, path)) || initFiles.includes(path);
    expect(paths.flatMap(([, path]) => path ?? []).filter((path) => !exists(path))).toEqual([]);
  });

  test('names only scripts that exist', () => {
    const names = [...text.matchAll(/npm run ([\w:-]+)/g)].flatMap(([, name]) => name ?? []);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

// Anchors that GitHub generates from headings.
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('docs/output.md shows the files of dist/', () => {
  const tree = blocksOf(read('docs/output.md')).find(({ text }) => text.includes('host/10-foundation'))?.text ?? '';
  const shown = tree.split('\n').flatMap((line) => line.trim().split(/ {2,}/)[0] ?? '');
  const isShown = (path: string): boolean => !path.endsWith('/kustomization.yaml');
  expect(shown.slice(1).sort()).toEqual(listFiles(join(root, 'dist')).filter(isShown));
});

test('docs/rules.md lists every rule, and no other', () => {
  const listed = [...read('docs/rules.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].flatMap(([, id]) => id ?? []);
  const ids = [
    ...ruleNames.map(ruleId),
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
  expect(listed).toEqual(keysOf(makeDeclarationSchema(modelSlices) as unknown as SchemaNode, ''));
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

// The mapping of a value that may be a word or a mapping, and the type of a value with a default.
function withKeys(node: SchemaNode): SchemaNode {
  const inner = node.def.innerType ?? node.def.options?.find((option) => option.def.shape !== undefined);
  return inner === undefined ? node : withKeys(inner);
}

test('schemas/federation.schema.json is up to date with the code', () => {
  expect(read('schemas/federation.schema.json')).toBe(renderDeclarationSchema());
});

test('schemas/kubernetes-validators.cjs is up to date with the schema beside it', () => {
  expect(read('schemas/kubernetes-validators.cjs') === renderKubernetesValidators()).toBe(true);
});

test('schemas/kubernetes.schema.json matches its header', () => {
  const { file, url, upstreamSha256 } = kubernetesSource;
  const text = read(file);
  const body = text.split('\n').slice(4).join('\n');
  expect(JSON.parse(text)).toMatchObject({
    source: url,
    sourceSha256: upstreamSha256,
    bodySha256: createHash('sha256').update(body).digest('hex'),
  });
});

test('schemas/kubernetes.schema.json has the version of Kubernetes that the end-to-end tests run', () => {
  const [, version] = read('test/e2e/modules/kubernetes/go.mod').match(/k8s\.io\/kubernetes (v\S+)/) ?? [];
  expect(kubernetesSource.url).toContain(`/kubernetes/${version}/`);
});

test('schemas/istio-values.schema.json is up to date with the CRD of the Sail operator', () => {
  expect(read('schemas/istio-values.schema.json')).toBe(renderIstioValuesSchema());
});

test.each(['apply.sh', 'verify.sh'])('docs/scripts.md shows the help of %s', (script) => {
  const help = execFileSync(join(root, 'scripts', script), ['--help'], { encoding: 'utf8' });
  expect(read('docs/scripts.md')).toContain(`$ dist/${script} --help\n${help}`);
});
