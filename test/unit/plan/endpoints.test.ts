import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { joinEndpoints } from '../../support/output/joined-endpoints.ts';
import { makeProject, synthesize } from '../../support/project.ts';

type Json = Readonly<Record<string, unknown>>;

const labels = { app: 'web' };
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'docker.io/example/web:1.0' }] } },
  },
};

interface Declared {
  readonly member?: Json;
  readonly more?: readonly Json[];
  readonly workload?: Json;
  readonly spec?: Json;
  readonly pods?: Json;
}

/** The joined result of the tables: caller, endpoint, port, protocol and the clusters that answer. */
function rows({ member = {}, more = [], workload = {}, spec = {}, pods = deployment }: Declared): readonly string[] {
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4' },
    federation: { engine: 'kubefed', version: '0.10.0' },
    clusters: [
      { name: 'host', role: 'host', network: 'network1' },
      { name: 'member', role: 'member', network: 'network2', ...member },
      ...more,
    ],
    workloads: [{ name: 'web', namespace: 'shop', delivery: 'federated', manifests: ['web.yaml'], ...workload }],
  };
  const manifests = [{ ...service, spec: { selector: labels, ports, ...spec } }, pods].map((one) => dump(one));
  const project = makeProject({ 'federation.yaml': dump(declaration), 'web.yaml': manifests.join('---\n') });
  return joinEndpoints(synthesize(join(project, 'federation.yaml'))).map(
    ({ client, endpoint, port, protocol, serving }) => [client, endpoint, port, protocol, serving].join(' '),
  );
}

const everywhere = [
  'host local 80 http host',
  'host gateway-address:member:15443 80 http member',
  'member gateway-address:host:15443 80 http host',
  'member local 80 http member',
];

describe('a cluster calls', () => {
  test('neither the gateway nor the pods of a leaving cluster', () => {
    const more = ['edge', 'twin'].map((name) => ({ name, role: 'member', network: 'network2' }));
    const before = rows({ member: { gateway: 'none' }, more });
    expect(before).toEqual(expect.arrayContaining(['host gateway-address:edge:15443 80 http member']));
    const after = rows({
      member: { gateway: 'none' },
      more: more.map((one) => (one.name === 'edge' ? { ...one, state: 'leaving' } : one)),
    });
    expect(after).toEqual(before.filter((row) => !row.includes('edge')));
  });

  test('its own pods, and those of another network through its gateway', () => {
    expect(rows({})).toEqual(everywhere);
  });

  test.each(['federated', 'direct'])('pods that are delivered %s alike', (delivery) => {
    expect(rows({ workload: { delivery } })).toEqual(everywhere);
  });

  test('the declared addresses of a gateway, each of them', () => {
    const member = { gateway: { address: ['203.0.113.20', '2001:db8::20'] } };
    expect(rows({ member })).toContain('host 203.0.113.20:15443 80 http member');
    expect(rows({ member })).toContain('host [2001:db8::20]:15443 80 http member');
  });

  test('a port that only the nodes know', () => {
    expect(rows({ member: { gateway: { type: 'NodePort' } } })).toContain(
      'host gateway-address:member:15443 80 http member',
    );
  });

  test('a cluster without a gateway through that of its network', () => {
    const more = [{ name: 'edge', role: 'member', network: 'network2', gateway: 'none' }];
    expect(rows({ more })).toEqual(
      expect.arrayContaining([
        'host gateway-address:member:15443 80 http edge',
        'member local 80 http edge',
        'edge local 80 http member',
      ]),
    );
  });
});

describe('no cluster is called', () => {
  test('if the workload is not placed there; its clients still call', () => {
    expect(rows({ workload: { placement: ['member'] } })).toEqual([
      'host gateway-address:member:15443 80 http member',
      'member local 80 http member',
    ]);
  });

  test('if an override leaves no replicas there', () => {
    const patches = [{ op: 'add', path: '/spec/replicas', value: 0 }];
    const overrides = { member: [{ resource: 'Deployment/web', patches }] };
    expect(rows({ workload: { overrides } }).filter((row) => row.endsWith(' member'))).toEqual([]);
  });

  test('through a gateway if the pods refuse the sidecar', () => {
    const template = deployment.spec.template;
    const metadata = { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } };
    const pods = { ...deployment, spec: { ...deployment.spec, template: { ...template, metadata } } };
    expect(rows({ pods })).toEqual(['host local 80 http host', 'member local 80 http member']);
  });

  test.each<[string, Json]>([
    ['is headless', { clusterIP: 'None' }],
    ['is another name', { type: 'ExternalName', externalName: 'example.com', selector: undefined }],
    ['selects nobody', { selector: { app: 'another' } }],
    ['has only UDP', { ports: [{ name: 'udp-dns', port: 53, protocol: 'UDP' }] }],
  ])('by a Service that %s', (_, spec) => {
    expect(rows({ spec })).toEqual([]);
  });
});

test('the appProtocol of a port, or else its name, shows whether it is HTTP', () => {
  const named = [
    { name: 'http-web', port: 80, protocol: 'TCP' },
    { name: 'grpc', port: 81, protocol: 'TCP' },
    { name: 'http-no', port: 82, protocol: 'TCP', appProtocol: 'tcp' },
    { name: 'tcp-yes', port: 83, protocol: 'TCP', appProtocol: 'http' },
  ];
  const local = rows({ spec: { ports: named } }).filter((row) => row.startsWith('host local'));
  expect(local).toEqual([
    'host local 80 http host',
    'host local 81 tcp host',
    'host local 82 tcp host',
    'host local 83 http host',
  ]);
});
