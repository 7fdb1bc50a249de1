import { join } from 'node:path';
import { Ajv } from 'ajv';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readCrdSchemas } from '../support/crds.ts';
import { closed } from '../support/json-schema.ts';
import { synthesize } from '../support/project.ts';

const root = join(import.meta.dirname, '../..');
const schemas = readCrdSchemas();
// CRDs say `format: string` and other things that JSON Schema does not know.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

interface Document {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string };
}

// Kinds without a schema of their own: Kubernetes' are checked by real servers, istioctl reads its own file.
const elsewhere = ['v1', 'apps/v1', 'install.istio.io/v1alpha1', 'kustomize.config.k8s.io/v1beta1'];

describe.each(['federation.yaml', 'examples/tutorial.yaml', 'examples/three-members.yaml'])('%s', (declaration) => {
  const documents = Object.entries(synthesize(join(root, declaration)))
    .filter(([path]) => path.endsWith('.yaml'))
    .flatMap(([path, content]) => (loadAll(content) as readonly Document[]).map((document) => ({ path, document })));

  test.each(documents)('$path: $document.kind/$document.metadata.name', ({ path, document }) => {
    if (path.endsWith('kustomization.yaml')) {
      expect(Object.keys(document)).toEqual(['apiVersion', 'kind', 'resources']);
      return;
    }
    expect(Object.keys(document).slice(0, 3)).toEqual(['apiVersion', 'kind', 'metadata']);
    expect(document.metadata?.name).toMatch(/^[a-z0-9.-]+$/);
    const schema = schemas.get(`${document.apiVersion}/${document.kind}`);
    if (schema === undefined) {
      expect(elsewhere).toContain(document.apiVersion);
      return;
    }
    // The server checks apiVersion, kind and metadata by itself.
    const { apiVersion: _, kind: __, metadata: ___, ...rest } = document as Document & Record<string, unknown>;
    ajv.validate(closed({ ...schema, properties: { spec: {}, ...schema.properties } }), rest);
    expect(ajv.errors ?? []).toEqual([]);
  });
});

test('a misspelt field of a Federated object is refused', () => {
  const schema = schemas.get('types.kubefed.io/v1beta1/FederatedDeployment');
  const object = {
    spec: {
      placement: { cluster: [] },
      overrides: [{ clusterName: 'a', clusterOverrides: [{ path: '/a', valeu: 1 }] }],
    },
  };
  expect(ajv.validate(closed(schema ?? {}), object)).toBe(false);
  expect(ajv.errors?.map(({ params }) => params.additionalProperty)).toEqual(['valeu', 'cluster']);
});
