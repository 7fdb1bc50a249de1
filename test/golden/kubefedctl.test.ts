import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { makeProject, synthesize } from '../support/project.ts';

interface FederatedObject {
  readonly kind: string;
  readonly spec: { readonly placement: unknown };
}

const fixtures = join(import.meta.dirname, '../fixtures/kubefedctl');
const read = (file: string): string => readFileSync(join(fixtures, file), 'utf8');
const objects = (text: string): readonly FederatedObject[] =>
  (loadAll(text) as readonly (FederatedObject | null)[]).filter((object) => object !== null);

const declaration = `name: demo
istio: {version: 1.31.1}
federation: {engine: kubefed, version: 0.10.0}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
workloads:
  - {name: shop, namespace: shop, manifests: [plain.yaml]}
`;

// The fixture is kubefedctl's own output. Our output differs from it on purpose, and only in the placement: kubefedctl
// selects every cluster, including clusters that join later.
test('a federated object equals that of kubefedctl, except for the placement', () => {
  const project = makeProject({ 'federation.yaml': declaration, 'plain.yaml': read('plain.yaml') });
  const files = synthesize(join(project, 'federation.yaml'));
  const placement = { clusters: [{ name: 'host' }, { name: 'member' }] };
  const expected = objects(read('federated.yaml')).map((object) => {
    expect(object.spec.placement).toEqual({ clusterSelector: { matchLabels: {} } });
    return { ...object, spec: { ...object.spec, placement } };
  });
  expect(expected.map(({ kind }) => kind)).toEqual([
    'FederatedService',
    'FederatedConfigMap',
    'FederatedDeployment',
    'FederatedServiceAccount',
    'FederatedIngress',
    'FederatedJob',
    'FederatedReplicaSet',
    'FederatedClusterRole',
  ]);
  expect(objects(files['host/60-federation/shop.yaml'] ?? '')).toEqual(expected);
});
