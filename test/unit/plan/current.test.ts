import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { presetNames } from '../../../constructs/domain/kubernetes/load-balancers/presets.ts';
import { makeProject, synthesize } from '../../support/project.ts';

type Json = Readonly<Record<string, unknown>>;

interface Declared {
  readonly istio?: Json;
  readonly host?: Json;
  readonly member?: Json;
  readonly more?: readonly Json[];
  readonly images?: Json;
}

/** The output of two clusters, `host` and `member`, of current Istio, with these facts. */
function output({
  istio = {},
  host = {},
  member = {},
  more = [],
  images = {},
}: Declared): Readonly<Record<string, string>> {
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4', ...istio },
    federation: { engine: 'kubefed', version: '0.10.0' },
    clusters: [
      { name: 'host', role: 'host', network: 'network1', ...host },
      { name: 'member', role: 'member', network: 'network2', ...member },
      ...more,
    ],
    images,
  };
  return synthesize(join(makeProject({ 'federation.yaml': dump(declaration) }), 'federation.yaml'));
}

function documents(files: Readonly<Record<string, string>>, path: string): readonly Json[] {
  return loadAll(files[path] ?? '') as readonly Json[];
}

const serviceOf = (declared: Declared): Json =>
  documents(output(declared), 'member/50-remote-gateways/eastwest-gateway.yaml').find(
    ({ kind }) => kind === 'Service',
  ) ?? {};

describe('a remote', () => {
  const path = 'member/40-remote/istiod-endpoints.yaml';
  const host = { gateway: { address: '203.0.113.7' } };
  const endpoints = (declared: Declared): Json | undefined => documents(output(declared), path)[0];

  test.each(['istioctl', 'helm', 'sail'])('of %s gets the Endpoints that some API servers read', (installer) => {
    const version = installer === 'sail' ? '1.30.3' : '1.31.4';
    expect(endpoints({ istio: { installer, version }, host })).toMatchObject({
      kind: 'Endpoints',
      metadata: {
        name: 'istiod',
        namespace: 'istio-system',
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      },
      subsets: [{ addresses: [{ ip: '203.0.113.7' }], ports: [{ port: 15012 }, { port: 15017 }] }],
    });
  });

  test('gets none if the chart writes it, if it injects by itself, or if nobody knows the address', () => {
    expect(endpoints({ istio: { version: '1.27.9' }, host })).toBeUndefined();
    expect(endpoints({ istio: { version: '1.28.10' }, host })).toBeDefined();
    expect(endpoints({ host, member: { controlPlane: { remoteOf: 'host', injector: 'local' } } })).toBeUndefined();
    expect(endpoints({})).toBeUndefined();
    expect(endpoints({ istio: { topology: 'multi-primary' }, host })).toBeUndefined();
  });
});

describe('a mesh with addresses of both IP families', () => {
  const both = { gateway: { address: ['203.0.113.20', '2001:db8::20'] } };
  const on = {
    pilot: { env: { ISTIO_DUAL_STACK: 'true' } },
    meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_DUAL_STACK: 'true' } } },
  };
  const valuesOf = (declared: Declared, cluster: string, wave = '20-control-plane'): unknown => {
    const [{ spec } = {}] = documents(output(declared), `${cluster}/${wave}/istiod.yaml`);
    return (spec as Json).values;
  };

  test('lets istiod and the proxies listen on both', () => {
    const topology = 'multi-primary';
    for (const version of ['1.24.6', '1.31.4']) {
      const istio = { topology, version };
      const others = { gateway: { address: ['203.0.113.10', '2001:db8::10'] } };
      expect(valuesOf({ istio, host: others, member: both }, 'member')).toMatchObject(on);
      expect(JSON.stringify(valuesOf({ istio, host: both }, 'member'))).not.toContain('ISTIO_DUAL_STACK');
    }
    const path = 'member/20-control-plane/istiod-values.yaml';
    expect(documents(output({ istio: { topology, installer: 'helm' }, member: both }), path)[0]).toMatchObject(on);
  });

  test('does so at the istiod that configures the gateway, and at the one that injects it', () => {
    expect(valuesOf({ host: { gateway: { address: '203.0.113.10' } }, member: both }, 'host')).toMatchObject(on);
    expect(JSON.stringify(valuesOf({ member: both }, 'member', '40-remote'))).not.toContain('ISTIO_DUAL_STACK');
    const member = { ...both, controlPlane: { remoteOf: 'host', injector: 'local' } };
    expect(valuesOf({ member }, 'member', '40-remote')).toMatchObject(on);
  });

  test('leaves the word to the user', () => {
    const values = { pilot: { env: { ISTIO_DUAL_STACK: 'false' } } };
    expect(valuesOf({ istio: { topology: 'multi-primary', values }, host: both }, 'host')).toMatchObject(values);
  });

  test.each(['203.0.113.20', '2001:db8::20', ['203.0.113.20', '203.0.113.21']])('is not one with %s', (address) => {
    const declared = { istio: { topology: 'multi-primary' }, host: { gateway: { address } } };
    expect(JSON.stringify(valuesOf(declared, 'host'))).not.toContain('ISTIO_DUAL_STACK');
  });
});

describe('a gateway', () => {
  test('asks for a reserved address if the cloud supports one', () => {
    const address = '203.0.113.20';
    expect(serviceOf({ member: { gateway: { preset: 'gcp', address } } })).toMatchObject({
      spec: { loadBalancerIP: address },
    });
    expect(serviceOf({ member: { gateway: { preset: 'azure', address } } })).toMatchObject({
      metadata: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-ipv4': address } },
    });
  });

  test('asks for one address of each family where the cloud has a place for both', () => {
    const address = ['203.0.113.20', '2001:db8::1'];
    expect(serviceOf({ member: { gateway: { preset: 'azure', address } } })).toMatchObject({
      metadata: {
        annotations: {
          'service.beta.kubernetes.io/azure-load-balancer-ipv4': '203.0.113.20',
          'service.beta.kubernetes.io/azure-load-balancer-ipv6': '2001:db8::1',
        },
      },
    });
    expect(serviceOf({ member: { gateway: { preset: 'gcp', address } } }).spec).not.toHaveProperty('loadBalancerIP');
  });

  test('behind an internal load balancer has the annotations of that, and none of the public one', () => {
    const { metadata } = serviceOf({ member: { gateway: { preset: 'gcp', internal: true } } });
    expect((metadata as Json).annotations).toEqual({
      'networking.gke.io/load-balancer-type': 'Internal',
      'networking.gke.io/internal-load-balancer-allow-global-access': 'true',
    });
  });

  // EKS Auto Mode and the AWS Load Balancer Controller set their own on new Services.
  test.each(presetNames)('with preset %s names no class of load balancers', (preset) => {
    const { spec } = serviceOf({ member: { gateway: { preset } } });
    expect(spec).not.toHaveProperty('loadBalancerClass');
  });

  test('has the annotations of the user instead of the same ones of its preset', () => {
    const key = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
    const annotations = { [key]: 'internal', 'example.com/owner': 'mesh' };
    expect(serviceOf({ member: { gateway: { preset: 'aws', annotations } } })).toMatchObject({
      metadata: { annotations },
    });
  });

  test.each([
    ['1.29.10', '203.0.113.10'],
    ['1.31.4', '2001:db8::10'],
  ])('of both families has the address for the remotes that Istio %s takes', (version, expected) => {
    const files = output({ istio: { version }, host: { gateway: { address: ['2001:db8::10', '203.0.113.10'] } } });
    const [operator] = documents(files, 'member/40-remote/istiod.yaml');
    expect(operator).toMatchObject({ spec: { values: { global: { remotePilotAddress: expected } } } });
  });

  test('at an IPv6 address has that family, and at addresses of both families has both', () => {
    expect(serviceOf({ member: { gateway: { address: '2001:db8::1' } } })).toMatchObject({
      spec: { ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' },
    });
    expect(serviceOf({ member: { gateway: { address: ['203.0.113.20', '2001:db8::1'] } } })).toMatchObject({
      spec: { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' },
    });
    expect(serviceOf({ member: { gateway: { address: '203.0.113.20' } } }).spec).not.toHaveProperty('ipFamilies');
  });

  test('with node ports names all nodes by default', () => {
    const selector = 'traffic.istio.io/nodeSelector';
    const gateway = { type: 'NodePort' };
    expect(serviceOf({ member: { gateway } })).toMatchObject({ metadata: { annotations: { [selector]: '{}' } } });
    const annotations = { [selector]: '{"gateway":"true"}' };
    expect(serviceOf({ member: { gateway: { ...gateway, annotations } } })).toMatchObject({
      metadata: { annotations },
    });
  });

  test('is absent in a mesh of one network, except in a primary that remotes must reach', () => {
    const files = output({ member: { network: 'network1' } });
    expect(Object.keys(files).filter((path) => path.endsWith('gateway.yaml'))).toEqual([
      'host/30-gateways/eastwest-gateway.yaml',
      'host/30-gateways/cross-network-gateway.yaml',
      'host/30-gateways/istiod-gateway.yaml',
    ]);
    const primaries = output({ istio: { topology: 'multi-primary' }, member: { network: 'network1' } });
    expect(Object.keys(primaries).filter((path) => path.includes('gateway') && path.endsWith('.yaml'))).toEqual([]);
  });

  test('of a primary gives remotes with an injector of their own access to discovery only', () => {
    const files = output({ member: { controlPlane: { remoteOf: 'host', injector: 'local' } } });
    const text = ['eastwest-gateway', 'istiod-gateway'].map((name) => files[`host/30-gateways/${name}.yaml`]).join();
    expect(text).toContain('15012');
    expect(text).not.toContain('15017');
    expect(files['member/10-foundation/namespaces.yaml']).not.toContain('controlPlaneClusters');
  });
});

describe('images', () => {
  const hubOf = (declared: Declared): unknown =>
    documents(output(declared), 'host/20-control-plane/istiod.yaml').map(
      ({ spec }) => (spec as { values: { global: { hub: string } } }).values.global.hub,
    )[0];

  test('of Istio come from its release, a mirror of that, or the declared hub', () => {
    expect(hubOf({})).toBe('registry.istio.io/release');
    expect(hubOf({ istio: { version: '1.29.6' } })).toBe('docker.io/istio');
    expect(hubOf({ images: { registries: { 'registry.istio.io': 'mirror.example/istio' } } })).toBe(
      'mirror.example/istio/release',
    );
    expect(hubOf({ istio: { hub: 'a.example/b' } })).toBe('a.example/b');
    expect(hubOf({ istio: { hub: 'a.example/b' }, host: { istio: { hub: 'c.example/d' } } })).toBe('c.example/d');
  });

  test('are pulled with the declared secrets by gateways and sidecars', () => {
    const files = output({ images: { pullSecrets: ['credentials'] } });
    expect(documents(files, 'host/20-control-plane/istiod.yaml')).toMatchObject([
      { spec: { values: { global: { imagePullSecrets: ['credentials'] } } } },
    ]);
    expect(files['host/30-gateways/eastwest-gateway.yaml']).toContain('imagePullSecrets:\n        - name: credentials');
  });
});

test('the values of a cluster override those of the mesh, and the keys of the declaration override both', () => {
  const files = output({
    istio: { values: { pilot: { autoscaleMin: 2, env: { A: 'mesh', B: 'mesh' } }, global: { logAsJson: true } } },
    host: { istio: { values: { pilot: { env: { B: 'host' } } } } },
  });
  expect(documents(files, 'host/20-control-plane/istiod.yaml')[0]).toMatchObject({
    spec: {
      values: {
        pilot: { autoscaleMin: 2, env: { A: 'mesh', B: 'host' } },
        global: { logAsJson: true, network: 'network1', externalIstiod: true },
      },
    },
  });
});

test('a primary that is not the host has its own remotes, and every primary reads every cluster', () => {
  const more = [
    { name: 'east', role: 'member', network: 'network3', controlPlane: 'primary' },
    { name: 'edge', role: 'member', network: 'network4', controlPlane: { remoteOf: 'east' } },
  ];
  const files = output({ more });
  expect(files['edge/10-foundation/namespaces.yaml']).toContain('topology.istio.io/controlPlaneClusters: east');
  expect(files['east/20-control-plane/istiod.yaml']).toContain('externalIstiod: true');
  const rows = (files['plan.tsv'] ?? '').split('\n').map((row) => row.split('\t'));
  expect(rows.filter((row) => row[4] === 'remote-secret').map((row) => `${row[1]} reads ${row[11]}`)).toEqual([
    'host reads member',
    'host reads east',
    'host reads edge',
    'east reads host',
    'east reads member',
    'east reads edge',
  ]);
  expect(rows.find((row) => row[1] === 'edge' && row[4] === 'istioctl-install')?.slice(11)).toEqual([
    '1.31.4',
    'values.global.remotePilotAddress=gateway-address:east',
  ]);
});

test("Helm gets the primary's late address as a value of its own", () => {
  const rows = (output({ istio: { installer: 'helm' } })['plan.tsv'] ?? '').split('\n');
  expect(
    rows
      .filter((row) => row.includes('gateway-address:'))
      .map((row) => row.split('\t'))
      .map((row) => [...row.slice(4, 7), ...row.slice(11)]),
  ).toEqual([
    [
      'helm-upgrade',
      'member/40-remote/istiod-values.yaml',
      'injector-available',
      'istiod',
      'istio-system',
      'istiod',
      '1.31.4',
      'https://istio-release.storage.googleapis.com/charts',
      'global.remotePilotAddress=gateway-address:host',
    ],
  ]);
});

describe('a default of Istio that is wrong between networks', () => {
  const key = 'PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS';
  const comment = `# ${key} is false: by default Istio sends calls to a network for its pods that are not ready, too.\n`;
  const primary = (istio: Json, path = 'host/20-control-plane/istiod.yaml'): string => output({ istio })[path] ?? '';

  test.each([
    ['istioctl', 'host/20-control-plane/istiod.yaml'],
    ['helm', 'host/20-control-plane/istiod-values.yaml'],
  ])('is replaced on the primary for %s, with the reason in a comment', (installer, path) => {
    const file = primary({ installer }, path);
    expect(file).toContain(comment);
    expect(file).toContain(`${key}: 'false'`);
  });

  test('stays on a remote, whose istiod is elsewhere', () => {
    expect(output({})['member/40-remote/istiod.yaml']).not.toContain(key);
  });

  test('stays in 1.30, where it is right', () => {
    expect(primary({ version: '1.30.8' })).not.toContain(key);
  });

  test('is not replaced if the user takes the value from elsewhere', () => {
    const envVarFrom = [{ name: key, valueFrom: { configMapKeyRef: { name: 'istiod', key: 'unhealthy' } } }];
    expect(primary({ values: { pilot: { envVarFrom } } })).not.toContain(`${key}: 'false'`);
  });

  test('is not replaced, and has no comment, if the user sets the value', () => {
    const file = primary({ values: { pilot: { env: { [key]: 'true', OTHER: 'x' } } } });
    expect(file).toContain(`${key}: 'true'`);
    expect(file).toContain('OTHER: x');
    expect(file).not.toContain(comment);
  });
});
