import type { FakeCluster } from './fake-clusters.ts';

/** Changes of one cluster: answers, and errors in place of them. */
export interface MeshChanges {
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly errors?: Readonly<Record<string, string>>;
}

/** An endpoint as a test writes it: `helloworld 5000 10.244.0.5:5000`. */
export type EndpointLine = string;

/** The question for the endpoints of the callers in a cluster. */
export const envoyQuestion = 'exec/sleep-7d4-k8w2q clusters';

/** The questions for the ready pods of both services. */
export const readyPodsQuestion = 'endpointslices.discovery.k8s.io?kubernetes.io/service-name in (helloworld,sleep)';

/** The list of an Envoy with these endpoints, each with a number of calls at its end. */
export function envoyText(lines: readonly EndpointLine[]): string {
  return lines
    .flatMap((line) => {
      const [service, port, address, calls = '0', weight = '1'] = line.split(' ');
      const start = `outbound|${port}||${service}.sample.svc.cluster.local::`;
      const facts = [`rq_total::${calls}`, `weight::${weight}`, 'priority::0', 'health_flags::healthy'];
      return [
        `${start}default_priority::max_connections::4294967295`,
        ...facts.map((fact) => `${start}${address}::${fact}`),
      ];
    })
    .join('\n');
}

/** Items of a list of EndpointSlices. */
export function slice(service: string, ip: string, ready = true): unknown {
  return {
    metadata: { labels: { 'kubernetes.io/service-name': service } },
    endpoints: [{ addresses: [ip], conditions: { ready } }],
  };
}

/** A pod with a sidecar. */
export function pod(name: string, podIP: string, ready = 'True'): unknown {
  return { metadata: { namespace: 'sample', name }, status: { podIP, conditions: [{ type: 'Ready', status: ready }] } };
}

const named = (name: string) => ({ metadata: { name } });
const network = (name: string) => ({ labels: { 'topology.istio.io/network': name } });
const gateway = '203.0.113.10:15443';

/** A healthy cluster of the mesh in `dist`: its answers to every question of verify. */
function healthyMeshCluster(uid: string, ownNetwork: string, { answers = {}, errors = {} }: MeshChanges): FakeCluster {
  const pods = { items: [pod('helloworld-5b8-x2x4z', '10.244.0.5'), pod('sleep-7d4-k8w2q', '10.244.0.9')] };
  const endpoints = (own: number, other: number): string =>
    envoyText([
      `helloworld 5000 10.244.0.5:5000 ${own}`,
      `helloworld 5000 ${gateway} ${other}`,
      'sleep 80 10.244.0.9:80',
      `sleep 80 ${gateway}`,
    ]);
  return {
    answers: {
      'namespace/kube-system': { metadata: { uid } },
      'namespace/istio-system': { metadata: network(ownNetwork) },
      'secrets?istio/multiCluster=true': { items: [named('istio-remote-secret-member')] },
      'pods?app=istiod': {
        items: [{ ...named('istiod-0'), status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
      },
      'exec/istiod-0 /debug/clusterz': [{ id: 'member', secretName: 'x', syncStatus: 'synced' }],
      'service/istio-eastwestgateway': {
        metadata: network(ownNetwork),
        spec: { type: 'LoadBalancer', ports: [{ port: 15443, nodePort: 30443 }] },
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
      },
      'deployment/istio-eastwestgateway': { status: { availableReplicas: 2 } },
      'configmap/istio-ca-root-cert': { data: { 'root-cert.pem': 'one root' } },
      'service/istiod': named('istiod'),
      'mutatingwebhookconfiguration/istio-sidecar-injector': named('istio-sidecar-injector'),
      'pods?security.istio.io/tlsMode=istio': pods,
      [readyPodsQuestion]: { items: [slice('helloworld', '10.244.0.5'), slice('sleep', '10.244.0.9')] },
      'endpointslices.discovery.k8s.io?kubernetes.io/service-name in (helloworld)': {
        items: [slice('helloworld', '10.244.0.5')],
      },
      'exec/sleep-7d4-k8w2q command -v curl': '/usr/bin/curl\n',
      [envoyQuestion]: endpoints(7, 3),
      [`${envoyQuestion} after calls`]: endpoints(60, 50),
      'exec/sleep-7d4-k8w2q http://helloworld.sample.svc.cluster.local:5000/': '200\n'.repeat(100),
      'exec/sleep-7d4-k8w2q http://helloworld.sample.svc.cluster.local:5000/hello': '200\n'.repeat(100),
      ...answers,
    },
    errors,
  };
}

/** UIDs of the two clusters. */
export const meshUids = ['10625018-0000-4000-8000-000000000000', '43f55a35-0000-4000-8000-000000000000'] as const;

/** The mesh of `dist`, healthy but for some changes. */
export function fakeMesh(host: MeshChanges = {}, member: MeshChanges = {}): Readonly<Record<string, FakeCluster>> {
  return {
    host: healthyMeshCluster(meshUids[0], 'network1', host),
    member: healthyMeshCluster(meshUids[1], 'network2', member),
  };
}
