import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Cluster } from '../../environment.ts';
import { get } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { analyze, type Message } from '../../mesh/analyze.ts';
import { bound } from '../../mesh/bound.ts';
import { type Counts, callHelloworld } from '../../mesh/calls.ts';
import { endpoints } from '../../mesh/envoy.ts';
import { findGatewayAddress } from '../../mesh/gateways.ts';
import { type Pod, sharesOf, weightsSeenFrom } from '../../mesh/spread.ts';

/** The number of calls from each cluster. */
export const CALLS = 200;

const NAMESPACE = 'sample';
const SERVICE = 'helloworld.sample.svc.cluster.local';
const PORT = 5000;
const GATEWAY_PORT = 15443;

/** The pods that answer, in all clusters. */
export async function podsOf(clusters: readonly Cluster[]): Promise<Pod[]> {
  const found = await Promise.all(clusters.map(podsIn));
  return found.flat();
}

async function podsIn(cluster: Cluster): Promise<Pod[]> {
  const pods = await get<{ items: { status: { podIP: string }; metadata: { labels: Record<string, string> } }[] }>(
    cluster,
    ['pods', `--namespace=${NAMESPACE}`, '--selector=app=helloworld'],
  );
  return pods.items.map(({ status, metadata }) => ({
    address: status.podIP,
    network: cluster.network,
    version: metadata.labels.version ?? '',
  }));
}

/** The entry point of each network: the address of its only gateway. */
export async function gatewaysOf(clusters: readonly Cluster[]): Promise<Record<string, string>> {
  const gateways: Record<string, string> = {};
  for (const cluster of clusters) {
    const address = await findGatewayAddress(cluster);
    if (address === undefined) continue;
    expect(gateways, `a second gateway of ${cluster.network}`).not.toHaveProperty(cluster.network);
    gateways[cluster.network] = `${address}:${GATEWAY_PORT}`;
  }
  return gateways;
}

/** Waits until a client's Envoy has exactly the expected endpoints, including weights. */
export async function expectWeights(
  at: Cluster,
  pods: readonly Pod[],
  gateways: Readonly<Record<string, string>>,
): Promise<void> {
  const expected = weightsSeenFrom(at.network, pods, PORT, gateways);
  await until(`${at.name}: the client's Envoy has exactly ${JSON.stringify(expected)}`, 60, async () => {
    const found = await endpoints(at, NAMESPACE, 'client', SERVICE, PORT);
    const weights = Object.fromEntries(found.map((one) => [`${one.address}:${one.port}`, one.weight]));
    if (!isDeepStrictEqual(weights, expected)) throw new Error(`it has ${JSON.stringify(weights)}`);
    return true;
  });
}

/** Calls from one cluster. Every call is answered, and each version's answers follow its number of pods. */
export async function expectShares(at: Cluster, pods: readonly Pod[]): Promise<Counts> {
  const counts = await callHelloworld(at, NAMESPACE, 'client', CALLS);
  const shares = sharesOf(pods);
  const said = `${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}, the pods' shares being ${JSON.stringify(shares)}`;
  expect(Object.keys(counts).sort(), said).toEqual(Object.keys(shares));
  for (const [version, share] of Object.entries(shares)) {
    const { low, high } = bound(CALLS, share);
    expect(counts[version], said).toBeGreaterThanOrEqual(low);
    expect(counts[version], said).toBeLessThanOrEqual(high);
  }
  return counts;
}

/** Messages of `istioctl analyze` that are allowed about a correct mesh, and the reasons. */
const ALLOWED: readonly { readonly code: string; readonly origin: RegExp; readonly reason: string }[] = [
  {
    code: 'IST0102',
    origin: /^Namespace (?!sample$)/,
    reason: 'no injection in a namespace: that is so in all but the one with the workloads',
  },
  {
    code: 'IST0170',
    origin: /^Service istio-system\/(istiod|istio-eastwestgateway)$/,
    reason:
      'a Service with other ports in another cluster: only a primary lets remotes reach istiod, and a remote has no ' +
      'more of istiod than they need. Nobody calls either by its name from another cluster',
  },
];

/** Messages of `istioctl analyze` about a cluster beyond the allowed ones. */
export async function complaints(cluster: Cluster): Promise<Message[]> {
  const said = await analyze(cluster, ['--all-namespaces']);
  return said.filter(({ code, origin }) => !ALLOWED.some((one) => one.code === code && one.origin.test(origin)));
}
