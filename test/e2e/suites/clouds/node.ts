import type { Cluster } from '../../environment.ts';
import { get, kubectl } from '../../kubernetes/kubectl.ts';
import { inNetwork } from '../../machine/network.ts';
import { run } from '../../machine/run.ts';
import { start, startedServer, stop } from '../../machine/servers.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { cluster as clusterRow } from '../../tables/clusters.ts';

interface Node {
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}

/**
 * Gives the node of a cluster an external address, which it returns: one that the node has already. Like that of a cloud, its kubelet then leaves the addresses of the node
 * to others: by default it would put its own back within seconds.
 */
export async function giveExternalAddress(cluster: Cluster): Promise<string> {
  const [address = ''] = clusterRow(cluster.name).furtherAddresses;
  const kubelet = startedServer(cluster.name, 'kubelet');
  await stop(kubelet);
  start({ ...kubelet, command: [...kubelet.command, '--cloud-provider=external'] });
  const node = `node/node-${cluster.name}`;
  const { status } = await get<Node>(cluster, [node]);
  const addresses = [...status.addresses, { type: 'ExternalIP', address }];
  const patch = JSON.stringify({ status: { addresses } });
  await kubectl(cluster, ['patch', node, '--subresource=status', '--type=merge', '--patch', patch]);
  return address;
}

/** The port that nodes open for a port of the gateway. */
export async function nodePortOf(cluster: Cluster, port: number): Promise<number | undefined> {
  const words = [`service/${GATEWAY}`, '--namespace=istio-system'];
  const { spec } = await get<{ spec: { ports: { port: number; nodePort: number }[] } }>(cluster, words);
  return spec.ports.find((one) => one.port === port)?.nodePort;
}

/** Keeps the API server of a cluster from calling the injector of another cluster. Returns what undoes it. */
export async function cutInjector(cluster: Cluster): Promise<() => Promise<void>> {
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', '15017', '-j', 'REJECT'];
  const iptables = (action: string) => run([...inNetwork(cluster.name), 'iptables', '-w', action, ...rule]);
  await iptables('-I');
  return async () => {
    await iptables('-D');
  };
}
