import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { makeKubernetesCheck } from '../../constructs/model/schemas/kubernetes-schema.ts';
import { examples } from '../support/declarations/examples.ts';
import { synthesize } from '../support/project.ts';
import { readCrdSchemas } from '../support/schemas/crds.ts';
import { closed, type StructuralSchema } from '../support/schemas/json-schema.ts';
import { kubernetesSamples } from '../support/schemas/kubernetes-samples.ts';

const root = join(import.meta.dirname, '../..');
const schemas = readCrdSchemas();
// CRDs contain `format: string` and other keywords that JSON Schema does not define.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
}

const checkKubernetes = makeKubernetesCheck();
// Kubernetes' own schema covers these kinds. A Namespace is only a name, and istioctl itself checks its file.
const withoutCrd = [
  ...kubernetesSamples.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`),
  'v1/Namespace',
  // Of the reader's token, without data: Kubernetes fills it in.
  'v1/Secret',
  'install.istio.io/v1alpha1/IstioOperator',
  'apiextensions.k8s.io/v1/CustomResourceDefinition',
  'core.kubefed.io/v1beta1/FederatedTypeConfig',
  // Real servers check users' own objects of Istio.
  'networking.istio.io/v1/DestinationRule',
];

const valuesSchema = JSON.parse(readFileSync(join(root, 'schemas/istio-values.schema.json'), 'utf8')) as object;
const fitsValues = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(valuesSchema);

interface OwnCrd {
  readonly kind: string;
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: StructuralSchema } }[];
  };
}

// The same tree for every installer: a separate file for Helm, and a part of the object for the other two.
function valuesOf(path: string, document: Document & { readonly spec?: { readonly values?: unknown } }): unknown {
  if (path.endsWith('-values.yaml')) return document;
  const isOfTutorial = !('profile' in (document.spec ?? {}));
  return document.kind === 'IstioOperator' && !isOfTutorial ? document.spec?.values : undefined;
}

describe.each(['federation.yaml', ...examples.map((name) => `examples/${name}.yaml`)])('%s', (declaration) => {
  const documents = Object.entries(synthesize(join(root, declaration)))
    .filter(([path]) => path.endsWith('.yaml'))
    .flatMap(([path, content]) => (loadAll(content) as readonly Document[]).map((document) => ({ path, document })));

  // The output itself defines these kinds.
  const own = new Map(
    documents
      .map(({ document }) => document as unknown as OwnCrd)
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ spec: { names, versions } }) => [
        names.kind,
        versions.map(({ schema }) => ({ release: 'of the output', schema: schema.openAPIV3Schema })),
      ]),
  );

  test.each(documents)('$path: $document.kind/$document.metadata.name', ({ path, document }) => {
    if (path.endsWith('kustomization.yaml')) {
      expect(Object.keys(document)).toEqual(['apiVersion', 'kind', 'resources']);
      return;
    }
    const values = valuesOf(path, document);
    if (values !== undefined) {
      fitsValues(values);
      expect(fitsValues.errors ?? []).toEqual([]);
    }
    if (path.endsWith('-values.yaml')) return;
    expect(Object.keys(document).slice(0, 3)).toEqual(['apiVersion', 'kind', 'metadata']);
    expect(document.metadata?.name).toMatch(/^[a-z0-9.-]+$/);
    const known = schemas.get(`${document.apiVersion}/${document.kind}`) ?? own.get(document.kind);
    if (known === undefined) {
      expect(withoutCrd).toContain(`${document.apiVersion}/${document.kind}`);
      expect(checkKubernetes({ ...document })).toEqual([]);
      return;
    }
    // The server itself checks apiVersion, kind and metadata.
    const { apiVersion: _, kind: __, metadata: ___, ...rest } = document as Document & Record<string, unknown>;
    for (const { release, schema } of known) {
      const required = ((schema.required ?? []) as readonly string[]).filter((key) => key !== 'metadata');
      ajv.validate(closed({ ...schema, required, properties: { spec: {}, ...schema.properties } }), rest);
      expect(ajv.errors ?? [], release).toEqual([]);
    }
  });
});

const federatedDeployment = schemas.get('types.kubefed.io/v1beta1/FederatedDeployment') ?? [];

test('a Federated object must fit both KubeFed releases', () => {
  expect(federatedDeployment.map(({ release }) => release)).toEqual(['kubefed-0.10.0', 'kubefed-0.4.1']);
});

test.each(federatedDeployment)('$release refuses a misspelt field of a Federated object', ({ schema }) => {
  const object = {
    spec: {
      placement: { cluster: [] },
      overrides: [{ clusterName: 'a', clusterOverrides: [{ path: '/a', valeu: 1 }] }],
    },
  };
  expect(ajv.validate(closed(schema), object)).toBe(false);
  expect(ajv.errors?.map(({ params }) => params.additionalProperty)).toEqual(['valeu', 'cluster']);
});
