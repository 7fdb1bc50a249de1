import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { makeProject, synthesize } from '../../support/project.ts';

const helloworld = `apiVersion: v1
kind: Service
metadata: {name: helloworld}
spec: {ports: [{name: http, port: 5000, protocol: TCP}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: helloworld}
spec:
  selector: {matchLabels: {app: helloworld}}
  template:
    metadata: {labels: {app: helloworld}}
    spec: {containers: [{name: helloworld, image: "helloworld:1"}]}
`;

/** The output of two clusters, `host` and `member`, with these facts and workloads. */
function output({ host = '', member = '', more = '', workloads = '[]', lock = '' }): Readonly<Record<string, string>> {
  const declaration = `name: demo
istio: {version: 1.7.2}
federation: {engine: kubefed, version: 0.4.1}
clusters:
  - {name: host, role: host, network: network1${host}}
  - {name: member, role: member, network: network2${member}}
${more}workloads: ${workloads}
`;
  const files = { 'federation.yaml': declaration, 'helloworld.yaml': helloworld };
  const directory = makeProject(lock === '' ? files : { ...files, 'federation.lock.yaml': lock });
  return synthesize(join(directory, 'federation.yaml'));
}

function steps(files: Readonly<Record<string, string>>, action: string): readonly string[] {
  return (files['plan.tsv'] ?? '').split('\n').filter((row) => row.split('\t')[4] === action);
}

test('the preflight lists what a cluster must have: versions, the observed root, the capacity of the host', () => {
  const root = 'ab'.repeat(32);
  const rows = steps(output({ lock: `clusters: {member: {rootFingerprint: ${root}}}` }), 'none').slice(0, 2);
  expect(rows.map((row) => row.split('\t').slice(11))).toEqual([
    ['demo', '1.16', '1.21', 'active', '-', '4', '8'],
    ['demo', '1.16', '1.21', 'active', root],
  ]);
});

describe('the address of the primary', () => {
  const remote = (files: Readonly<Record<string, string>>): unknown =>
    load(files['member/40-remote/istiod.yaml'] ?? '');
  const addressed = { spec: { values: { global: { remotePilotAddress: '203.0.113.10' } } } };

  test('is in the file when it is declared', () => {
    const files = output({ host: ', gateway: {address: 203.0.113.10}' });
    expect(remote(files)).toMatchObject(addressed);
    expect(steps(files, 'istioctl-install')[1]?.split('\t').slice(11)).toEqual(['1.7.2']);
  });

  test('is in the file when it was observed', () => {
    const files = output({ lock: 'clusters: {host: {gatewayAddress: 203.0.113.10}}' });
    expect(remote(files)).toMatchObject(addressed);
  });

  test('is left to the installation step while it is unknown', () => {
    const files = output({});
    expect(files['member/40-remote/istiod.yaml']).not.toContain('remotePilotAddress');
    expect(steps(files, 'istioctl-install')[1]?.split('\t').slice(11)).toEqual([
      '1.7.2',
      'values.global.remotePilotAddress=gateway-address:host',
    ]);
  });
});

test('an observed UID is in every row of its cluster', () => {
  const uid = '11111111-2222-3333-4444-555555555555';
  const rows = (output({ lock: `clusters: {member: {uid: ${uid}}}` })['plan.tsv'] ?? '')
    .split('\n')
    .map((row) => row.split('\t'));
  expect(new Set(rows.filter(([, cluster]) => cluster === 'member').map((row) => row[3]))).toEqual(new Set([uid]));
  expect(new Set(rows.filter(([, cluster]) => cluster === 'host').map((row) => row[3]))).toEqual(new Set(['-']));
});

test('the clusters of one network share an entry of meshNetworks', () => {
  const files = output({ more: '  - {name: edge, role: member, network: network1, istioCluster: edge-mesh}\n' });
  const global = (load(files['host/20-control-plane/istiod.yaml'] ?? '') as { spec: { values: { global: object } } })
    .spec.values.global;
  const gateways = [{ registryServiceName: 'istio-ingressgateway.istio-system.svc.cluster.local', port: 15443 }];
  expect(global).toMatchObject({
    meshNetworks: {
      network1: { endpoints: [{ fromRegistry: 'host' }, { fromRegistry: 'edge-mesh' }], gateways },
      network2: { endpoints: [{ fromRegistry: 'member' }], gateways },
    },
  });
  expect(
    steps(files, 'remote-secret')
      .map((row) => row.split('\t'))
      .map((row) => [row[6], ...row.slice(11)]),
  ).toEqual([
    ['registry-synced', 'member', 'member', '-'],
    ['registry-synced', 'edge', 'edge-mesh', '-'],
  ]);
});

describe('placement', () => {
  const workload = (more: string): string => `[{name: hello, namespace: sample, manifests: [helloworld.yaml]${more}}]`;
  const placementOf = (
    files: Readonly<Record<string, string>>,
    path: string,
  ): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      (loadAll(files[path] ?? '') as { kind: string; spec: { placement: { clusters: { name: string }[] } } }[]).map(
        ({ kind, spec }) => [kind, spec.placement.clusters.map(({ name }) => name)],
      ),
    );

  test('sends Services to the clients, other objects to the placement, and the namespace to both', () => {
    const files = output({ workloads: workload(', placement: [member], clients: [host]') });
    expect(placementOf(files, 'host/60-federation/hello.yaml')).toEqual({
      FederatedService: ['host'],
      FederatedDeployment: ['member'],
    });
    expect(placementOf(files, 'host/60-federation/namespaces.yaml')).toEqual({
      FederatedNamespace: ['host', 'member'],
    });
  });

  test('is in the order of the clusters, whatever the order of the list', () => {
    const files = output({ workloads: workload(', placement: [member, host]') });
    expect(placementOf(files, 'host/60-federation/hello.yaml').FederatedDeployment).toEqual(['host', 'member']);
  });

  test('of a direct workload decides which directories contain it', () => {
    const files = output({ workloads: workload(', delivery: direct, placement: [member], clients: [member]') });
    expect(Object.keys(files).filter((path) => path.endsWith('hello.yaml'))).toEqual([
      'member/70-workloads/hello.yaml',
    ]);
    expect(files['host/10-foundation/namespaces.yaml']).not.toContain('sample');
    expect(files['member/10-foundation/namespaces.yaml']).toContain('sample');
    expect(Object.keys(files).some((path) => path.includes('60-federation'))).toBe(false);
  });
});
