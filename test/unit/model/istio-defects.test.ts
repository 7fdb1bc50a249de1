import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { makeProject } from '../../support/project.ts';

const clusters = `clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
`;

/** The warnings about defects for a declaration. */
function defectsOf(version: string, { istio = '', manifest = '' } = {}): readonly string[] {
  const workload = 'workloads:\n  - {name: shop, namespace: shop, delivery: direct, manifests: [shop.yaml]}\n';
  const project = makeProject({
    'federation.yaml': `name: demo\nistio: {version: ${version}${istio}}\nfederation: {engine: kubefed, version: 0.10.0}\n${clusters}${manifest && workload}`,
    'shop.yaml': manifest,
  });
  const { warnings } = loadFederation(join(project, 'federation.yaml'));
  return warnings.filter(({ rule }) => rule === 'istio-version-has-a-defect').map(({ expected }) => expected);
}

describe('a warning about a defect', () => {
  test('comes for remote secrets in every federation, since each has a second cluster', () => {
    expect(defectsOf('1.30.3')).toEqual([
      expect.stringContaining('60920'),
      expect.stringContaining('61043'),
      expect.stringContaining('istioctl analyze'),
    ]);
  });

  test.each([
    ['its values', { istio: ', values: {pilot: {env: {PILOT_ENABLE_AMBIENT: "1"}}}' }],
    [
      'a label',
      {
        manifest:
          'apiVersion: v1\nkind: Service\nmetadata: {name: shop, labels: {istio.io/use-waypoint: waypoint}}\nspec: {ports: [{name: http, port: 80, protocol: TCP}]}\n',
      },
    ],
  ])('comes for ambient mode in %s', (_, more) => {
    const waypoint = expect.stringContaining('61092');
    expect(defectsOf('1.30.3', more)).toContainEqual(waypoint);
    expect(defectsOf('1.30.4', more)).not.toContainEqual(waypoint);
    expect(defectsOf('1.30.3')).not.toContainEqual(waypoint);
  });

  test.each([
    [
      'a label that switches it off',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, labels: {istio.io/dataplane-mode: none}}\n',
    ],
    [
      'a key of data',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {istio.io/use-waypoint: waypoint}\n',
    ],
  ])('does not come for %s, which is not ambient mode', (_, manifest) => {
    expect(defectsOf('1.30.3', { manifest })).not.toContainEqual(expect.stringContaining('61092'));
  });

  test('comes for a BackendTLSPolicy among the manifests', () => {
    const manifest = `apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: shop}
spec: {targetRefs: [{group: "", kind: Service, name: shop}], validation: {hostname: shop.example, wellKnownCACertificates: System}}
`;
    const advisory = expect.stringContaining('GHSA-qm8v-g4f9-qhjx');
    expect(defectsOf('1.31.0', { manifest })).toContainEqual(advisory);
    expect(defectsOf('1.31.0')).not.toContainEqual(advisory);
  });

  test('does not come for the recommended version', () => {
    expect(defectsOf('1.31.4')).toEqual([]);
  });
});
