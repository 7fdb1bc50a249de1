import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { syncedInstallers, synthesizeSynced } from '../../support/declarations/gitops.ts';

const [helm, sail] = syncedInstallers;

type Spec = Readonly<Record<string, unknown>>;

function specAt(example: string, installer: (typeof syncedInstallers)[number], path: string, more: object = {}): Spec {
  const output = synthesizeSynced(example, installer, { engine: 'flux', ...more });
  return (load((output[`flux/${path}`] ?? '').split('\n---\n')[0] ?? '') as { readonly spec: Spec }).spec;
}

test('the foundation waits for the CA, and nothing else does', () => {
  const foundation = specAt('helm', helm, '10-foundation/10-foundation-member.yaml');
  expect(foundation.healthChecks).toEqual([
    { apiVersion: 'v1', kind: 'Secret', name: 'cacerts', namespace: 'istio-system' },
  ]);
  // It would make Flux ignore the check.
  expect(foundation).not.toHaveProperty('wait');
  expect(specAt('helm', helm, '30-gateways/30-gateways-host.yaml')).toMatchObject({ wait: true });
});

test('objects of KubeFed are healthy when they are propagated', () => {
  const { wait, healthCheckExprs } = specAt('shop', helm, '60-federation/60-federation-host.yaml');
  expect(wait).toBe(true);
  expect(healthCheckExprs).toContainEqual({
    apiVersion: 'types.kubefed.io/v1beta1',
    kind: 'FederatedDeployment',
    failed:
      "status.conditions.exists(c, c.type == 'Propagation' && c.status == 'False' && c.reason == 'ComputePlacementFailed')",
    current: "status.conditions.exists(c, c.type == 'Propagation' && c.status == 'True')",
  });
});

test('objects of Karmada are healthy when their bindings are', () => {
  const spec = specAt('karmada', helm, '60-federation/60-federation-federation.yaml');
  expect(spec.healthChecks).toContainEqual({
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    name: 'helloworld-deployment',
    namespace: 'sample',
  });
  expect(spec).toMatchObject({ kubeConfig: { secretRef: { name: 'federation-kubeconfig' } } });
  expect(spec).not.toHaveProperty('wait');
});

test('an Istio resource is healthy when the Sail operator says so', () => {
  const { healthCheckExprs } = specAt('helm', sail, '20-control-plane/20-control-plane-host.yaml');
  expect(healthCheckExprs).toMatchObject([{ apiVersion: 'sailoperator.io/v1', kind: 'Istio' }]);
});

test.each([
  ['git@git.example:a/b.git', 'main', { url: 'ssh://git@git.example/a/b.git', ref: { branch: 'main' } }],
  ['https://git.example/b.git', 'refs/tags/v1', { url: 'https://git.example/b.git', ref: { name: 'refs/tags/v1' } }],
  ['ssh://git@git.example/b.git', 'a'.repeat(40), { ref: { commit: 'a'.repeat(40) } }],
  ['oci://registry.example/b', 'v1', { url: 'oci://registry.example/b', ref: { tag: 'v1' } }],
])('%s at %s is a source', (repoURL, revision, expected) => {
  expect(specAt('helm', helm, 'root.yaml', { repoURL, revision })).toMatchObject(expected);
});
