import { describe, expect } from 'vitest';
import { describeClusters, fakeClusters } from '../support/clusters/fake-clusters.ts';
import {
  envoyQuestion,
  envoyText,
  fakeMesh,
  type MeshChanges,
  pod,
  readyPodsQuestion,
  slice,
} from '../support/clusters/fake-mesh.ts';
import { test } from '../support/clusters/verify-run.ts';

const gateway = (changes: object) => ({
  metadata: { labels: { 'topology.istio.io/network': 'network2' } },
  spec: { type: 'LoadBalancer' },
  status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
  ...changes,
});

const readyPod = (name: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

/** A fault of a cluster, and the problem and the fix that name it. */
interface Fault {
  readonly host?: MeshChanges;
  readonly member?: MeshChanges;
  readonly problem: string;
  readonly fix: string;
}

/** The answer about the pods of a cluster: the test client with these addresses. */
const podsWith = (...ips: readonly string[]) => ({
  'pods?security.istio.io/tlsMode=istio': {
    items: [
      {
        metadata: { namespace: 'sample', name: 'sleep-7d4-k8w2q' },
        status: {
          podIP: ips[0],
          podIPs: ips.map((ip) => ({ ip })),
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
    ],
  },
});

const secret = 'secrets?istio/multiCluster=true';
const clusterz = 'exec/istiod-0 /debug/clusterz';
const service = 'service/istio-eastwestgateway';

const faults: Readonly<Record<string, Fault>> = {
  'the missing remote secret': {
    host: { answers: { [secret]: { items: [] } } },
    problem: 'remote secret: host has no Secret istio-system/istio-remote-secret-member',
    fix: 'mesh-federation apply --from 45-discovery',
  },
  'a remote secret with which istiod does not read the cluster': {
    host: { answers: { [clusterz]: [{ id: 'member', secretName: 'x', syncStatus: 'timeout' }] } },
    problem: 'remote secret: istiod of host does not read member',
    fix: 'renew its credentials with mesh-federation apply --from 45-discovery',
  },
  'an istiod that has read nothing': {
    host: { answers: { [clusterz]: 'null' } },
    problem: 'remote secret: istiod of host does not read member',
    fix: 'reaches the API server of member',
  },
  'an istiod that is not ready': {
    host: { answers: { 'pods?app=istiod': { items: [] } } },
    problem: 'remote secret: host does not tell whether its istiod reads member: it has no istiod that is ready',
    fix: 'check what the user of context host may read',
  },
  'an istiod that is gone': {
    host: { answers: { 'pods?app=istiod': '' } },
    problem: 'remote secret: host does not tell whether its istiod reads member: it has no istiod that is ready',
    fix: 'check what the user of context host may read',
  },
  'one of two istiods that does not read the cluster': {
    host: {
      answers: {
        'pods?app=istiod': { items: ['istiod-0', 'istiod-1'].map(readyPod) },
        'exec/istiod-1 /debug/clusterz': [{ id: 'member', secretName: 'x', syncStatus: 'syncing' }],
      },
    },
    problem: 'remote secret: istiod of host does not read member',
    fix: 'reaches the API server of member',
  },
  'the wrong network label of the gateway': {
    member: {
      answers: { [service]: gateway({ metadata: { labels: { 'topology.istio.io/network': 'elsewhere' } } }) },
    },
    problem:
      'network label: member: service/istio-eastwestgateway has topology.istio.io/network=elsewhere, expected network2',
    fix: 'mesh-federation apply --force-conflicts',
  },
  'the missing network label of the namespace': {
    member: { answers: { 'namespace/istio-system': { metadata: { name: 'istio-system' } } } },
    problem: "network label: member: namespace/istio-system has topology.istio.io/network='', expected network2",
    fix: 'mesh-federation apply --force-conflicts',
  },
  'the gateway without pods': {
    member: { answers: { 'deployment/istio-eastwestgateway': { status: {} } } },
    problem: 'gateway: no pod of the gateway of member is available',
    fix: 'check Deployment istio-system/istio-eastwestgateway of member',
  },
  'the gateway without a Deployment': {
    member: { answers: { 'deployment/istio-eastwestgateway': undefined } },
    problem: 'gateway: no pod of the gateway of member is available',
    fix: 'check Deployment istio-system/istio-eastwestgateway of member',
  },
  'two clusters that trust different roots': {
    member: { answers: { 'configmap/istio-ca-root-cert': { data: { 'root-cert.pem': 'another' } } } },
    problem: 'root: host and member trust different roots',
    fix: 'create Secret istio-system/cacerts of both from one root',
  },
  'a cluster without a root': {
    member: { answers: { 'configmap/istio-ca-root-cert': undefined } },
    problem: 'root: member has no ConfigMap istio-system/istio-ca-root-cert',
    fix: 'check that the istiod of its primary runs and reads member',
  },
  'the missing webhook': {
    member: { answers: { 'mutatingwebhookconfiguration/istio-sidecar-injector': undefined } },
    problem: 'sidecar: member has no webhook of Istio',
    fix: 'run mesh-federation apply',
  },
  'a fact that may not be read': {
    member: { errors: { 'mutatingwebhookconfiguration/istio-sidecar-injector': 'Error: forbidden\n' } },
    problem: "sidecar: member does not tell whether it has Istio's webhook: Error: forbidden",
    fix: 'check what the user of context member may read',
  },
};

describe('names', () => {
  test.for(Object.keys(faults))('%s, and how to mend it', async (name, { directory, verify }) => {
    const { host, member, problem, fix } = faults[name] ?? { problem: '', fix: '' };
    fakeClusters(directory, fakeMesh(host, member));
    const { status, err } = await verify('--calls', '0', '--only', 'host');
    expect(status).toBe(1);
    // One broken link explains every endpoint that is missing because of it.
    expect(err).toMatch(/^error: 1 problem\n/);
    expect(err).toContain(problem);
    expect(err.split('\n    fix: ')[1]).toContain(fix);
  });

  test('one broken link once, though endpoints are missing because of it', async ({ directory, verify }) => {
    const own = envoyText(['helloworld 5000 10.244.0.5:5000', 'sleep 80 10.244.0.9:80']);
    fakeClusters(directory, fakeMesh({ answers: { [secret]: { items: [] }, [envoyQuestion]: own } }));
    const { status, out, err } = await verify('--calls', '0');
    expect(status).toBe(1);
    expect(err).toMatch(/^error: 1 problem\n/);
    expect(out).toMatch(/member {3}gateway-address:member:15443 {2}missing/);
  });

  test('the gateway whose address vanished, even while proxies still have the address', async ({
    directory,
    verify,
  }) => {
    fakeClusters(directory, fakeMesh({}, { answers: { [service]: gateway({ status: { loadBalancer: {} } }) } }));
    const { status, err } = await verify('--calls', '0', '--only', 'host');
    expect(status).toBe(1);
    expect(err).toContain('gateway address: the gateway of member has none\n    fix: give its Service an address');
  });

  test('the gateway whose address is not the expected one', async ({ directory, verify, edit }) => {
    edit('gateways.tsv', (text) => text.replace('gateway-address:member:15443', '203.0.113.99:15443'));
    fakeClusters(directory, fakeMesh());
    const { err } = await verify('--calls', '0');
    expect(err).toContain(
      'gateway address: the gateway of member is at 203.0.113.10:15443, expected 203.0.113.99:15443',
    );
    expect(err).toContain('mesh-federation discover');
  });

  test('nothing where Istio cannot tell which clusters it reads', async ({ directory, verify }) => {
    const error =
      'Error: received unsuccessful status code 404: 404 page not found\ncommand terminated with exit code 1\n';
    fakeClusters(directory, fakeMesh({ answers: { [clusterz]: undefined }, errors: { [clusterz]: error } }));
    expect(await verify('--calls', '0', '--only', 'host')).toMatchObject({ status: 0, err: '' });
  });

  test('roots that differ once, though calls go in both directions', async ({ directory, verify }) => {
    const answers = { 'configmap/istio-ca-root-cert': { data: { 'root-cert.pem': 'another' } } };
    fakeClusters(directory, fakeMesh({}, { answers }));
    expect((await verify('--calls', '0')).err).toMatch(/^error: 1 problem\n {2}root: host and member trust/);
  });

  test('nothing where a hostname stands for an unknown address', async ({ directory, verify }) => {
    const status = { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } };
    const live = ['helloworld 5000 10.244.0.5:5000', 'helloworld 5000 198.51.100.7:15443'];
    const host = { answers: { [envoyQuestion]: envoyText(live) } };
    fakeClusters(directory, fakeMesh(host, { answers: { [service]: gateway({ status }) } }));
    const words = ['--calls', '0', '--only', 'host', '--service', 'helloworld'];
    expect(await verify(...words)).toMatchObject({ status: 0, err: '' });
  });

  test('nothing where calls enter by the ports of nodes, or by IPv6', async ({ directory, verify, edit }) => {
    const internal = { type: 'InternalIP', address: '10.0.0.11' };
    const nodes = { items: [{ status: { addresses: [internal, { type: 'ExternalIP', address: '2001:db8::7' }] } }] };
    const spec = { type: 'NodePort', ports: [{ port: 15443, nodePort: 30443 }] };
    const metadata = {
      labels: { 'topology.istio.io/network': 'network2' },
      annotations: { 'traffic.istio.io/nodeSelector': '{}' },
    };
    const live = ['helloworld 5000 10.244.0.5:5000', 'helloworld 5000 [2001:db8::7]:30443'];
    const host = { answers: { [envoyQuestion]: envoyText(live), ...podsWith('10.244.0.9', 'fd00::9') } };
    fakeClusters(directory, fakeMesh(host, { answers: { [service]: gateway({ metadata, spec }), nodes } }));
    const words = ['--calls', '0', '--only', 'host', '--service', 'helloworld'];
    expect(await verify(...words)).toMatchObject({ status: 0, err: '' });
    edit('gateways.tsv', (text) => text.replace('gateway-address:member:15443', '[2001:db8::7]:30443'));
    expect((await verify(...words)).err).toBe('');
  });
});

describe('a gateway with addresses of both IP families', () => {
  const v4 = 'helloworld 5000 203.0.113.20:15443';
  const v6 = 'helloworld 5000 [2001:db8::20]:15443';
  const own = 'helloworld 5000 10.244.0.5:5000';
  const words = ['--calls', '0', '--only', 'host', '--service', 'helloworld'];
  const ingress = [{ ip: '203.0.113.20' }, { ip: '2001:db8::20' }];
  const member = { answers: { [service]: gateway({ status: { loadBalancer: { ingress } } }) } };

  const caller = (ips: readonly string[], ...live: readonly string[]) => ({
    answers: { [envoyQuestion]: envoyText([own, ...live]), ...podsWith(...ips) },
  });

  test.for([true, false])(
    'is called by each pod at those of its own (declared: %s)',
    async (isDeclared, { directory, verify, edit }) => {
      if (isDeclared)
        edit('gateways.tsv', (text) =>
          text.replace(
            'member\tnetwork2\tgateway-address:member:15443',
            'member\tnetwork2\t203.0.113.20:15443\nmember\tnetwork2\t[2001:db8::20]:15443',
          ),
        );
      const good = [caller(['10.244.0.9'], v4), caller(['fd00::9'], v6), caller(['10.244.0.9', 'fd00::9'], v4, v6)];
      for (const host of good) {
        fakeClusters(directory, fakeMesh(host, member));
        expect(await verify(...words)).toMatchObject({ status: 0, err: '' });
      }
      fakeClusters(directory, fakeMesh(caller(['10.244.0.9'], v4, v6), member));
      expect((await verify(...words)).err).toContain(
        'is also called at [2001:db8::20]:15443, where nothing is expected',
      );
      fakeClusters(directory, fakeMesh(caller(['10.244.0.9', 'fd00::9'], v4), member));
      expect((await verify(...words)).status).toBe(1);
    },
  );

  test('is told apart from one without an address of the family of the pod', async ({ directory, verify, edit }) => {
    fakeClusters(directory, fakeMesh(caller(['fd00::9'])));
    const one = 'host: family: pod sample/sleep-7d4-k8w2q has IPv6 only, and no gateway to member has such an address';
    const late = await verify(...words);
    expect(late.err).toMatch(/^error: 1 problem\n/);
    expect(late.err).toContain(one);
    edit('gateways.tsv', (text) => text.replace('gateway-address:member:15443', '203.0.113.10:15443'));
    expect((await verify(...words)).err).toContain(one);
  });
});

describe('an endpoint that is missing', () => {
  const own = envoyText(['helloworld 5000 10.244.0.5:5000', 'sleep 80 10.244.0.9:80', 'sleep 80 203.0.113.10:15443']);
  const ofHelloworld = 'endpointslices.discovery.k8s.io?kubernetes.io/service-name in (helloworld)';
  const start = 'helloworld.sample.svc.cluster.local is not called in member';
  const reasons: Readonly<
    Record<string, { readonly host?: object; readonly member?: object; readonly problem: string }>
  > = {
    'a service without ready pods': {
      member: { [ofHelloworld]: { items: [slice('helloworld', '10.244.0.5', false)] } },
      problem: `${start}: sidecar: no pod of it is ready there`,
    },
    'pods without a sidecar': {
      member: { 'pods?security.istio.io/tlsMode=istio': { items: [pod('sleep-7d4-k8w2q', '10.244.0.9')] } },
      problem: `${start}: sidecar: its pods there have none`,
    },
    'nodes without a region if a DestinationRule chooses by region': {
      host: {
        'destinationrules.networking.istio.io': {
          items: [{ spec: { trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [] } } } } }],
        },
      },
      member: { 'nodes?!topology.kubernetes.io/region': { items: [{ metadata: { name: 'one' } }] } },
      problem: `${start}: locality: a DestinationRule chooses by it, and nodes there have no region`,
    },
    'no broken link': {
      problem: 'helloworld.sample.svc.cluster.local:5000 is not called in member, and no link is broken',
    },
  };

  test.for(Object.keys(reasons))('is explained by %s', async (name, { directory, verify }) => {
    const { host = {}, member = {}, problem } = reasons[name] ?? { problem: '' };
    fakeClusters(directory, fakeMesh({ answers: { [envoyQuestion]: own, ...host } }, { answers: { ...member } }));
    const { status, err } = await verify('--calls', '0', '--only', 'host');
    expect(status).toBe(1);
    expect(err).toMatch(/^error: 1 problem\n/);
    expect(err).toContain(problem);
  });
});

describe('the proxies', () => {
  test('that know the address of a pod in another network', async ({ directory, verify }) => {
    const live = [
      'helloworld 5000 10.244.0.5:5000',
      'helloworld 5000 203.0.113.10:15443',
      'helloworld 5000 10.99.0.7:5000',
      'sleep 80 10.244.0.9:80',
      'sleep 80 203.0.113.10:15443',
    ];
    fakeClusters(directory, fakeMesh({ answers: { [envoyQuestion]: envoyText(live) } }));
    const { status, out, err } = await verify('--calls', '0', '--only', 'host', '--client', 'sample/sleep');
    expect(status).toBe(1);
    expect(err).toContain('is also called at 10.99.0.7:5000, where nothing is expected');
    expect(out).toMatch(/- {8}10\.99\.0\.7:5000 +unexpected {2}-$/m);
  });

  test('that do not answer', async ({ directory, verify }) => {
    const error = 'error: unable to upgrade connection\n';
    fakeClusters(directory, fakeMesh({ answers: { [envoyQuestion]: undefined }, errors: { [envoyQuestion]: error } }));
    const { status, err } = await verify('--calls', '0');
    expect(status).toBe(1);
    expect(err).toMatch(/^error: 1 problem\n/);
    expect(err).toContain(
      'host: the proxy of pod sample/sleep-7d4-k8w2q does not answer: error: unable to upgrade connection',
    );
  });

  test('are waited for until they have what is expected', async ({ directory, verify }) => {
    // GIVEN a cluster whose pods become ready later
    fakeClusters(directory, fakeMesh({ answers: { [readyPodsQuestion]: { items: [] } } }));
    setTimeout(() => describeClusters(directory, fakeMesh()), 2500);
    // WHEN, THEN
    expect(await verify('--calls', '0', '--timeout', '30')).toMatchObject({ status: 0, err: '' });
  });
});
