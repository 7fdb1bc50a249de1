import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { makeProject } from '../../support/project.ts';

const service = `apiVersion: v1
kind: Service
metadata: {name: shop}
spec: {selector: {app: shop}, ports: [{name: http, port: 8080, protocol: TCP}]}
`;

function deployment({ key = 'topology.kubernetes.io/zone', labels = 'app: shop' } = {}): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {${labels}}}
    spec:
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: ${key}, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: shop}}}
      containers: [{name: shop, image: "registry.example/shop:1.0"}]
`;
}

/** The number of warnings about pods that span zones for a declaration. */
function warnings({ manifest = service + deployment(), networks = ['network1', 'network2'], more = '' } = {}): number {
  const project = makeProject({
    'federation.yaml': `name: demo
istio: {version: 1.31.4}
federation: {engine: kubefed, version: 0.10.0}
clusters:
  - {name: host, role: host, network: ${networks[0]}}
  - {name: member, role: member, network: ${networks[1]}}
workloads:
  - {name: shop, namespace: shop, manifests: [shop.yaml]${more}}
`,
    'shop.yaml': manifest,
  });
  const { warnings: found } = loadFederation(join(project, 'federation.yaml'));
  return found.filter(({ rule }) => rule === 'pods-span-zones').length;
}

const override = (label: string): string => `[{resource: Deployment/shop, labels: {istio-locality: ${label}}}]`;

describe('a warning about pods that span zones', () => {
  test('comes if other networks call the pods', () => {
    expect(warnings()).toBe(1);
    expect(warnings({ networks: ['network1', 'network1'] })).toBe(0);
    expect(warnings({ more: ', placement: [host], clients: [host]' })).toBe(0);
    expect(warnings({ more: ', placement: [host], clients: [member]' })).toBe(1);
  });

  test('comes only if a Service sends them calls', () => {
    expect(warnings({ manifest: deployment() })).toBe(0);
  });

  test.each(['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone'])(
    'comes for a spread by %s, too',
    (key) => {
      expect(warnings({ manifest: service + deployment({ key }) })).toBe(1);
    },
  );

  test('does not come for a spread by the name of the node', () => {
    expect(warnings({ manifest: service + deployment({ key: 'kubernetes.io/hostname' }) })).toBe(0);
  });
});

describe('one locality for the pods of a cluster', () => {
  test('may be a label of the template', () => {
    expect(warnings({ manifest: service + deployment({ labels: 'app: shop, istio-locality: cn-beijing-6' }) })).toBe(0);
    expect(warnings({ manifest: service + deployment({ labels: 'app: shop, istio-locality: ""' }) })).toBe(1);
  });

  test('may be an override, if every cluster has one where they run', () => {
    const both = `host: ${override('cn-beijing-6')}, member: ${override('cn-shanghai-2')}`;
    expect(warnings({ more: `, overrides: {${both}}` })).toBe(0);
    expect(warnings({ more: `, overrides: {host: ${override('cn-beijing-6')}}` })).toBe(1);
  });
});
