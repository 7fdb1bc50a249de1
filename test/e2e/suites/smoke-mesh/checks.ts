import type { Cluster } from '../../environment.ts';
import { find, get } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { bound } from '../../mesh/bound.ts';
import { type Counts, callHelloworld } from '../../mesh/calls.ts';
import { type Endpoint, endpoints } from '../../mesh/envoy.ts';
import { findGatewayAddress, GATEWAY } from '../../mesh/gateways.ts';
import { registrySynced } from '../../product/gates.ts';
import type { Mesh } from './mesh.ts';

/** The number of calls from each side. */
export const CALLS = 200;

const LABEL = 'topology.istio.io/network';

/**
 * The parts that make the mesh carry calls between its networks, each checked separately, so that a fault has a name.
 */
export async function checkMesh(mesh: Mesh): Promise<void> {
  for (const cluster of [mesh.primary, mesh.remote]) {
    await checkNetworkLabel(cluster);
    await checkGatewayAddress(cluster);
  }
  await checkRemoteSecret(mesh);
}

/** The gateway's Service names its network, and istiod relies on that label. */
export async function checkNetworkLabel(cluster: Cluster): Promise<void> {
  const parts = [`service/${GATEWAY}`, `deployment/${GATEWAY}`, 'namespace/istio-system'];
  for (const part of parts) {
    const object = await get<{
      metadata: { labels?: Record<string, string> };
      spec: { template?: { metadata: { labels: Record<string, string> } } };
    }>(cluster, [part, '--namespace=istio-system']);
    const labels = object.spec.template?.metadata.labels ?? object.metadata.labels;
    const label = labels?.[LABEL];
    if (label !== cluster.network) {
      throw new Error(`${cluster.name}: ${part} has the network label ${LABEL}=${label}, expected ${cluster.network}`);
    }
  }
}

/** Without an address istiod hands out the pods' own addresses, which other networks cannot reach. */
export async function checkGatewayAddress(cluster: Cluster): Promise<void> {
  if ((await findGatewayAddress(cluster)) === undefined) {
    throw new Error(
      `${cluster.name}: the gateway has no address: status.loadBalancer of Service istio-system/${GATEWAY} is empty`,
    );
  }
}

/** The primary's istiod reads the remote's API server, and has finished reading it once. */
export async function checkRemoteSecret({ primary, remote }: Mesh): Promise<void> {
  const name = `istio-remote-secret-${remote.name}`;
  if ((await find(primary, [`secret/${name}`, '--namespace=istio-system'])) === undefined) {
    throw new Error(
      `${primary.name}: the remote secret istio-system/${name} is missing, so istiod does not know ${remote.name}`,
    );
  }
  await registrySynced(primary, remote.name);
}

/**
 * The expected endpoints of a client's Envoy: the local pod, and the other network's gateway instead of the pod behind
 * it.
 */
export async function expectEndpoints(at: Cluster, other: Cluster, namespace: string): Promise<Endpoint[]> {
  const home = await podAddress(at, namespace);
  const gateway = await findGatewayAddress(other);
  const expected = [`${home}:5000`, `${gateway}:15443`].sort().join(' ');
  return until(`${at.name}: the client's Envoy has exactly ${expected}`, 60, async () => {
    const found = await endpoints(at, namespace, 'client', `helloworld.${namespace}.svc.cluster.local`, 5000);
    const shown = found
      .map((one) => `${one.address}:${one.port}`)
      .sort()
      .join(' ');
    if (shown !== expected) throw new Error(`it has: ${shown || 'none'}`);
    return found;
  });
}

/** Calls from one side. Throws unless the answers of the two versions follow the weights in Envoy. */
export async function expectSpread(
  at: Cluster,
  found: readonly Endpoint[],
  namespace: string,
  versionAtHome: string,
): Promise<Counts> {
  const total = found.reduce((sum, one) => sum + one.weight, 0);
  const home = found.find((one) => one.port === 5000)?.weight ?? 0;
  const counts = await callHelloworld(at, namespace, 'client', CALLS);
  const { low, high } = bound(CALLS, home / total);
  const here = counts[versionAtHome] ?? 0;
  const answered = CALLS - (counts.failed ?? 0);
  if (answered < CALLS || here < low || here > high) {
    throw new Error(
      `${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}; expected all answered and ${low} to ${high} by ${versionAtHome}, ` +
        `the weights in Envoy being ${home} of ${total}`,
    );
  }
  return counts;
}

async function podAddress(at: Cluster, namespace: string): Promise<string> {
  const pods = await get<{ items: { status: { podIP: string } }[] }>(at, [
    'pods',
    `--namespace=${namespace}`,
    '--selector=app=helloworld',
  ]);
  const [pod, ...more] = pods.items;
  if (pod === undefined || more.length > 0)
    throw new Error(`${at.name}: expected one pod of helloworld, found ${pods.items.length}`);
  return pod.status.podIP;
}
