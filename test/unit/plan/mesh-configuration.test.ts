import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { makeProject, synthesize } from '../../support/project.ts';

type Json = Readonly<Record<string, unknown>>;

const strict = {
  apiVersion: 'security.istio.io/v1',
  kind: 'PeerAuthentication',
  metadata: { name: 'default' },
  spec: { mtls: { mode: 'STRICT' } },
};
const route = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop' },
  spec: { parentRefs: [{ group: '', kind: 'Service', name: 'shop' }] },
};
const engines: readonly Json[] = [{ engine: 'plain' }, { engine: 'kubefed', version: '0.10.0' }];

function declare(
  workload: Json,
  objects: readonly Json[],
  federation: Json = { engine: 'plain' },
  istio: Json = { version: '1.31.4' },
): string {
  const declaration = {
    name: 'demo',
    istio,
    federation,
    clusters: [
      { name: 'host', role: 'host', network: 'network1' },
      { name: 'member', role: 'member', network: 'network2' },
    ],
    workloads: [{ name: 'given', manifests: ['objects.yaml'], ...workload }],
  };
  const files = { 'federation.yaml': dump(declaration), 'objects.yaml': objects.map((one) => dump(one)).join('---\n') };
  return join(makeProject(files), 'federation.yaml');
}

/** The files that hold an object of a kind. */
function holders(files: Readonly<Record<string, string>>, kind: string): readonly string[] {
  return Object.keys(files).filter((path) => new RegExp(`^kind: ${kind}$`, 'm').test(files[path] ?? ''));
}

describe.each(engines)('with %o', (federation) => {
  test('configuration of the whole mesh goes to the primary, and istio-system stays as it is', () => {
    const without = synthesize(declare({ namespace: 'shop' }, [{ ...strict, metadata: { name: 'own' } }], federation));
    const files = synthesize(declare({ namespace: 'istio-system' }, [strict], federation));
    expect(holders(files, 'PeerAuthentication')).toEqual(['host/80-traffic/given.yaml']);
    expect(loadAll(files['host/80-traffic/given.yaml'] ?? '')).toEqual([
      { ...strict, metadata: { name: 'default', namespace: 'istio-system' } },
    ]);
    for (const cluster of ['host', 'member']) {
      const path = `${cluster}/10-foundation/namespaces.yaml`;
      const ofIstio = (text = '') =>
        loadAll(text).find((one) => (one as Json & { metadata: Json }).metadata.name === 'istio-system');
      expect(ofIstio(files[path])).toEqual(ofIstio(without[path]));
      expect(loadAll(files[path] ?? '')).toHaveLength(1);
    }
    expect(holders(files, 'FederatedNamespace')).toEqual([]);
  });

  test('a route to a Service goes to the primary, wherever its workload is placed', () => {
    const files = synthesize(declare({ namespace: 'shop', placement: ['member'] }, [route], federation));
    expect(holders(files, 'HTTPRoute')).toEqual(['host/80-traffic/given.yaml']);
  });
});

test('a route of another gateway stays where it is placed', () => {
  const gateway = { ...route, kind: 'Gateway', metadata: { name: 'front' }, spec: { gatewayClassName: 'nginx' } };
  const through = {
    ...route,
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { parentRefs: [{ name: 'front' }] },
  };
  const objects = [{ ...gateway, metadata: { name: 'front', namespace: 'shop' } }, through];
  const files = synthesize(declare({ namespace: 'shop', placement: ['member'] }, objects));
  expect(holders(files, 'HTTPRoute')).toEqual(['member/70-workloads/given.yaml']);
});

describe('the image "auto"', () => {
  const pods = (name: string, label: string): Json => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'edge' },
    spec: {
      selector: { matchLabels: { app: 'edge' } },
      template: {
        metadata: {
          annotations: { 'inject.istio.io/templates': 'gateway' },
          labels: { app: 'edge', 'sidecar.istio.io/inject': label },
        },
        spec: { containers: [{ name, image: 'auto' }] },
      },
    },
  });
  const warningsAbout = (object: Json): readonly string[] =>
    loadFederation(declare({ namespace: 'edge' }, [object])).warnings.map(({ rule }) => rule);

  test('of the container that the injector fills in is fine', () => {
    expect(warningsAbout(pods('istio-proxy', 'true'))).not.toContain('image-has-no-tag');
  });

  test('of another container, or where nothing is injected, has no tag', () => {
    expect(warningsAbout(pods('proxy', 'true'))).toContain('image-has-no-tag');
    expect(warningsAbout(pods('istio-proxy', 'false'))).toContain('image-has-no-tag');
  });
});

test('Istio 1.7 reads no routes of the Gateway API', () => {
  const federation = { engine: 'kubefed', version: '0.4.1' };
  const istio = { version: '1.7.2' };
  expect(() => loadFederation(declare({ namespace: 'shop' }, [route], federation, istio))).toThrow(
    /no object of gateway\.networking\.k8s\.io with Istio 1\.7\.2/,
  );
});
