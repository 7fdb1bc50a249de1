import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import * as istio7 from '../../imports/istio-1.7.2-networking.istio.io.ts';
import * as istio31 from '../../imports/istio-1.31.4-networking.istio.io.ts';
import * as kubefed from '../../imports/kubefed-0.10.0-types.kubefed.io.ts';
import { crdSources, nameOfUpstream } from '../../tools/crd-sources.mts';
import { generateImports } from '../../tools/imports.mts';
import { listFiles, readTree } from '../support/files.ts';
import { readCrdSchemas } from '../support/schemas/crds.ts';
import { fullSample } from '../support/schemas/json-schema.ts';

const root = join(import.meta.dirname, '../..');

describe('crds/', () => {
  test.each(crdSources)('$file matches its header', (row) => {
    const { file, upstreamSha256 } = row;
    const text = readFileSync(join(root, file), 'utf8');
    const [, source, sourceSha256, bodySha256, ...body] = text.split('\n');
    expect(source).toBe(`# source: ${nameOfUpstream(row)}`);
    expect(sourceSha256).toBe(`# source-sha256: ${upstreamSha256}`);
    expect(bodySha256).toBe(`# body-sha256: ${createHash('sha256').update(body.join('\n')).digest('hex')}`);
  });

  test('contains no other file', () => {
    expect(listFiles(join(root, 'crds')).map((file) => `crds/${file}`)).toEqual(
      crdSources.map(({ file }) => file).sort(),
    );
  });

  test('has the files that cdk8s.yaml imports, each version under a prefix of its own', () => {
    const { imports } = load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as { imports: string[] };
    const files = crdSources.flatMap(({ file, isImported }) => (isImported ? [file] : []));
    expect(imports).toEqual(files.map((file) => `${file.replace(/^crds\/(.*)\.yaml$/, '$1')}:=${file}`));
  });
});

test('imports/ is up to date with crds/', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-imports-'));
  try {
    await generateImports(directory);
    expect(readTree(join(root, 'imports'))).toEqual(readTree(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

type GeneratedClass = (new (
  scope: Construct,
  id: string,
  props: object,
) => ApiObject) & {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
};

const exported: readonly unknown[] = [istio7, istio31, kubefed].flatMap((module) => Object.values(module));
const classes = exported.filter((member): member is GeneratedClass => typeof member === 'function' && 'GVK' in member);

// A generated class renames some fields (clusterIP to clusterIp) and drops them under their real name. Istio 1.31 has
// `mirror_percent` and `mirrorPercent`, both deprecated. Only one property remains and writes the former.
const lost: Readonly<Record<string, string>> = { 'networking.istio.io/v1/VirtualService': 'mirrorPercent' };

function without(key: string | undefined, node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (name, value: unknown) => (name === key ? undefined : value)));
}

// These fields are newer than the classes. Nothing here writes them, and the schemas are only read.
const readOnly = ['istio-1.32.0'];

const schemas = readCrdSchemas();
const known = classes.flatMap((generated) => {
  const kind = `${generated.GVK.apiVersion}/${generated.GVK.kind}`;
  const classed = (schemas.get(kind) ?? []).filter(({ release }) => !readOnly.includes(release));
  return classed.map(({ release, schema }) => ({ kind, release, schema, generated }));
});

test.each(known)('no field of $kind in $release is lost', ({ kind, schema, generated }) => {
  const spec = fullSample(schema.properties?.spec ?? {});
  const object = new generated(new Chart(new App(), 'chart'), 'object', { metadata: { name: 'object' }, spec });
  expect(object.toJson()).toEqual({ ...generated.GVK, metadata: { name: 'object' }, spec: without(lost[kind], spec) });
});

test('every class that cdk8s generated has a schema for the comparison', () => {
  expect(new Set(known.map(({ generated }) => generated))).toEqual(new Set(classes));
  expect(classes.length).toBe(13);
});
