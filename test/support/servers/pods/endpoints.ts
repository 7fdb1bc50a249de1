import { listAt, type StoredObject, textAt, valueAt } from '../api/object.ts';
import { objectIn, objectsOf } from '../controllers/controller.ts';
import { istioNamespace, runningIstiod } from '../controllers/istio.ts';
import { readClusters } from '../controllers/remote-secrets.ts';
import type { FakeCluster, World } from '../world.ts';

/** A place to which a proxy sends calls of a port of a Service. */
export interface MeshEndpoint {
  /** Name of the Service in DNS. */
  readonly host: string;
  readonly port: number;
  /** Address and port. */
  readonly address: string;
  /** How many pods stand behind it. */
  readonly weight: number;
}

const gatewayName = 'istio-eastwestgateway';
const gatewayPort = 15443;

/** The places that the proxies of a cluster know, as its istiod tells them. */
export function endpointsIn(world: World, cluster: FakeCluster): readonly MeshEndpoint[] {
  const primary = primaryOf(world, cluster);
  if (primary === undefined) return [];
  const others = readClusters(primary, world).flatMap(({ found }) => found ?? []);
  return [...new Set([primary, ...others])].flatMap((serving) => endpointsOf(serving, networkOf(cluster)));
}

// A cluster without an istiod of its own is told by one that reads it.
function primaryOf(world: World, cluster: FakeCluster): FakeCluster | undefined {
  if (runningIstiod(cluster) !== undefined) return cluster;
  const reads = (one: FakeCluster): boolean => readClusters(one, world).some(({ found }) => found === cluster);
  return [...world.clusters.values()].find((one) => runningIstiod(one) !== undefined && reads(one));
}

function networkOf({ server }: FakeCluster): string {
  const namespace = objectIn(server, 'namespaces', null, istioNamespace);
  return textAt(namespace, 'metadata', 'labels', 'topology.istio.io/network');
}

function endpointsOf(serving: FakeCluster, network: string): readonly MeshEndpoint[] {
  const isNear = networkOf(serving) === network;
  const gateways = gatewayAddresses(serving);
  return objectsOf(serving.server, 'services').flatMap((service) => {
    const { name, namespace = '' } = service.metadata;
    const pods = podsBehind(serving, service);
    if (namespace === istioNamespace || pods.length === 0) return [];
    const host = `${name}.${namespace}.svc.cluster.local`;
    return listAt(service, 'spec', 'ports').flatMap((one) => {
      const port = Number(valueAt(one, 'port'));
      const near = pods.map((ip) => ({
        host,
        port,
        address: `${ip}:${String(valueAt(one, 'targetPort'))}`,
        weight: 1,
      }));
      return isNear ? near : gateways.map((address) => ({ host, port, address, weight: pods.length }));
    });
  });
}

// Pods without a sidecar are not reached from another network; these servers leave them out altogether.
function podsBehind({ server }: FakeCluster, { metadata }: StoredObject): readonly string[] {
  const slices = objectsOf(server, 'endpointslices.discovery.k8s.io', metadata.namespace ?? null);
  const own = slices.filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name);
  const addresses = own.flatMap((slice) =>
    listAt(slice, 'endpoints').map((one) => String(listAt(one, 'addresses')[0])),
  );
  const inMesh = objectsOf(server, 'pods', metadata.namespace ?? null)
    .filter((pod) => pod.metadata.labels?.['security.istio.io/tlsMode'] === 'istio')
    .map((pod) => textAt(pod, 'status', 'podIP'));
  return addresses.filter((address) => inMesh.includes(address));
}

function gatewayAddresses({ server }: FakeCluster): readonly string[] {
  const service = objectIn(server, 'services', istioNamespace, gatewayName);
  const external = listAt(service, 'spec', 'externalIPs').map((ip) => `${String(ip)}:${gatewayPort}`);
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress').map(
    (one) => `${textAt(one, 'ip') || textAt(one, 'hostname')}:${gatewayPort}`,
  );
  return [...external, ...ingress];
}
