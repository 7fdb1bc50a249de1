import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { synthesize } from '../support/project.ts';

type Json = Readonly<Record<string, unknown>>;

const output = synthesize(join(import.meta.dirname, '../../examples/tutorial.yaml'));
const fixtures = join(import.meta.dirname, '../fixtures/tutorial');

function read(file: string): Json {
  return loadAll(readFileSync(join(fixtures, file), 'utf8'))[0] as Json;
}

function documents(path: string): readonly Json[] {
  const content = output[path];
  if (content === undefined) throw new Error(`no ${path} in the output`);
  return loadAll(content) as readonly Json[];
}

// The documents are the tutorial's own, word for word except for their comments. The header of examples/tutorial.yaml
// lists the differences that are allowed here.
describe('every document of the tutorial is in the output, field for field', () => {
  test('istio-main-cluster.yaml on the host', () => {
    const camelCase = JSON.parse(
      JSON.stringify(read('istio-main-cluster.yaml')).replaceAll('registry_service_name', 'registryServiceName'),
    ) as Json;
    const metadata = { name: 'installed-state', namespace: 'istio-system' };
    expect(documents('host/20-control-plane/istiod.yaml')).toEqual([{ ...camelCase, metadata }]);
  });

  test('istio-remote0-cluster.yaml on the member', () => {
    const addressed = JSON.parse(
      JSON.stringify(read('istio-remote0-cluster.yaml')).replace(`\${ISTIOD_REMOTE_EP}`, '203.0.113.10'),
    ) as Json;
    const metadata = { name: 'installed-state', namespace: 'istio-system' };
    expect(documents('member/40-remote/istiod.yaml')).toEqual([{ ...addressed, metadata }]);
  });

  test.each(['host/30-gateways', 'member/50-remote-gateways'])('cluster-aware-gateway.yaml in %s', (wave) => {
    expect(documents(`${wave}/cross-network-gateway.yaml`)).toEqual([read('cluster-aware-gateway.yaml')]);
  });

  test('helloworld-deploy.yaml on the host', () => {
    expect(documents('host/60-federation/helloworld.yaml')).toEqual([read('helloworld-deploy.yaml')]);
  });

  test.each(['host', 'member'])('helloworld-svc.yaml on the %s', (cluster) => {
    const service = read('helloworld-svc.yaml');
    const metadata = { ...(service.metadata as Json), namespace: 'sample' };
    expect(documents(`${cluster}/70-workloads/helloworld-service.yaml`)).toEqual([{ ...service, metadata }]);
  });
});

// The objects that `kubectl create namespace`, `kubectl label` and `kubefedctl federate` create in the tutorial.
describe('every object of the imperative commands is in the output', () => {
  const clusters = ['fcb0f8d3-9907-4a4a-9653-4584b367ee29', 'd161c69e-286b-4541-901f-b121c9517f4e'];

  test('the namespaces on the host', () => {
    const names = documents('host/10-foundation/namespaces.yaml').map(({ metadata }) => metadata);
    expect(names).toEqual([
      { name: 'istio-system', labels: { 'istio-injection': 'disabled' } },
      { name: 'sample', labels: { 'istio-injection': 'enabled' } },
    ]);
  });

  test.each([
    ['host/15-federated-trust/namespaces.yaml', 'istio-system', 'disabled', { annotations: { 'kubefed.io/orphan': 'true' } }],
    ['host/60-federation/namespaces.yaml', 'sample', 'enabled', {}],
  ])('%s', (path, name, injection, more) => {
    expect(documents(path)).toEqual([
      {
        apiVersion: 'types.kubefed.io/v1beta1',
        kind: 'FederatedNamespace',
        metadata: { name, namespace: name, ...more },
        spec: {
          placement: { clusters: clusters.map((cluster) => ({ name: cluster })) },
          template: { metadata: { labels: { 'istio-injection': injection } } },
        },
      },
    ]);
  });

  test('the federated Secret and the remote secret are steps, not files', () => {
    const steps = (output['plan.tsv'] ?? '').split('\n').map((row) => row.split('\t'));
    expect(steps.filter(([, , , , action]) => action === 'federated-cacerts')).toEqual([
      ['15-federated-trust', 'host', `context-${clusters[0]}`, '-', 'federated-cacerts', '-', 'cacerts-present', 'kubefed', '-', 'all:Secret/istio-system/cacerts', 'kubefed-federated-cacerts', ...clusters],
    ]);
    expect(steps.filter(([, , , , action]) => action === 'remote-secret')).toEqual([
      ['45-discovery', 'host', `context-${clusters[0]}`, '-', 'remote-secret', '-', 'registry-synced', '-', 'istioctl', '-', 'remote-secret', 'member', `cluster-${clusters[1]}`, '-'],
    ]);
    const manifests = Object.entries(output).filter(([path]) => path.endsWith('.yaml'));
    expect(manifests.some(([, content]) => /kind: (Federated)?Secret/.test(content))).toBe(false);
  });
});
