import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import * as istio from '../../imports/istio-1.7.2-networking.istio.io.ts';
import * as kubefed from '../../imports/kubefed-0.4.1-types.kubefed.io.ts';
import { crdSources } from '../../tools/crd-sources.mts';
import { generateImports } from '../../tools/imports.mts';
import { readCrdSchemas } from '../support/crds.ts';
import { readTree } from '../support/files.ts';
import { fullSample } from '../support/json-schema.ts';

const root = join(import.meta.dirname, '../..');

describe('crds/', () => {
  test.each(crdSources)('$file is what its header says', ({ file, url, upstreamSha256 }) => {
    const text = readFileSync(join(root, file), 'utf8');
    const [, source, sourceSha256, bodySha256, ...body] = text.split('\n');
    expect(source).toBe(`# source: ${url}`);
    expect(sourceSha256).toBe(`# source-sha256: ${upstreamSha256}`);
    expect(bodySha256).toBe(`# body-sha256: ${createHash('sha256').update(body.join('\n')).digest('hex')}`);
  });

  test('is all that cdk8s.yaml imports, each version under a prefix of its own', () => {
    const { imports } = load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8')) as { imports: string[] };
    expect(imports).toEqual(crdSources.map(({ file }) => `${file.replace(/^crds\/(.*)\.yaml$/, '$1')}:=${file}`));
  });
});

test('imports/ is what cdk8s import makes of crds/', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-imports-'));
  try {
    generateImports(directory);
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

const exported: readonly unknown[] = [...Object.values(istio), ...Object.values(kubefed)];
const classes = exported.filter((member): member is GeneratedClass => typeof member === 'function' && 'GVK' in member);

// A generated class renames some fields (clusterIP to clusterIp) and drops those it is given under the real name.
test.each(classes.map((generated) => [generated.GVK.kind, generated] as const))(
  'no field of %s is lost',
  (kind, generated) => {
    const schema = readCrdSchemas().get(`${generated.GVK.apiVersion}/${kind}`);
    const spec = fullSample(schema?.properties?.spec ?? {});
    const object = new generated(new Chart(new App(), 'chart'), 'object', { metadata: { name: 'object' }, spec });
    expect(object.toJson()).toEqual({ ...generated.GVK, metadata: { name: 'object' }, spec });
  },
);
