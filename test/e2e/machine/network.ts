import type { ClusterRow, SecondFamily } from '../tables/clusters.ts';
import { BRIDGE_ADDRESS } from '../tables/clusters.ts';
import { PREFIX } from './leftovers.ts';
import { run } from './run.ts';

const BRIDGE = `${PREFIX}wan`;

/** The network namespace of a cluster. */
function namespaceOf(cluster: string): string {
  return `${PREFIX}${cluster}`;
}

/** Command prefix that runs a command in a cluster's network, and only there. */
export function inNetwork(cluster: string): string[] {
  // Not `ip netns exec`, which also makes a mount namespace. That namespace would hide kubelet's volumes from the
  // container runtime, and it hides /sys/fs/cgroup.
  return ['nsenter', `--net=/run/netns/${namespaceOf(cluster)}`, '--'];
}

/**
 * One namespace per cluster on one bridge. Node addresses reach each other. Pod addresses are known only to the
 * clusters of the same network, so different networks are really separate.
 */
export async function makeNetwork(clusters: readonly ClusterRow[]): Promise<void> {
  await run(['ip', 'link', 'add', BRIDGE, 'type', 'bridge']);
  await run(['ip', 'address', 'add', `${BRIDGE_ADDRESS}/16`, 'dev', BRIDGE]);
  await run(['ip', 'link', 'set', BRIDGE, 'up']);
  for (const cluster of clusters) await addCluster(cluster);
  for (const cluster of clusters) await addRoutes(cluster, clusters);
}

/** Disconnects a cluster's node from all others, or connects it again. */
export async function setConnected(cluster: ClusterRow, connected: boolean): Promise<void> {
  await run(['ip', 'link', 'set', vethOf(cluster), connected ? 'up' : 'down']);
}

/** Gives the machine itself a further address on the bridge, which every cluster reaches. It goes with the bridge. */
export async function addToBridge(address: string): Promise<void> {
  await run(['ip', 'address', 'add', `${address}/16`, 'dev', BRIDGE]);
}

async function addCluster(cluster: ClusterRow): Promise<void> {
  const namespace = namespaceOf(cluster.name);
  const inside = ['ip', '-n', namespace];
  await run(['ip', 'netns', 'add', namespace]);
  await run(['ip', 'link', 'add', vethOf(cluster), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace]);
  await run(['ip', 'link', 'set', vethOf(cluster), 'master', BRIDGE, 'up']);
  for (const address of [cluster.address, ...cluster.furtherAddresses]) {
    await run([...inside, 'address', 'add', `${address}/16`, 'dev', 'eth0']);
  }
  await run([...inside, 'link', 'set', 'eth0', 'up']);
  await run([...inside, 'link', 'set', 'lo', 'up']);
  await addSink(cluster, inside);
  await run([...inNetwork(cluster.name), 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
  if (cluster.ipv6 !== undefined) await addSecondFamily(cluster, cluster.ipv6, inside);
}

async function addSecondFamily(
  cluster: ClusterRow,
  { address, furtherAddresses, pods }: SecondFamily,
  inside: readonly string[],
): Promise<void> {
  // Without the check for duplicates, during which no server could listen on the address.
  for (const one of [address, ...furtherAddresses]) {
    await run([...inside, 'address', 'add', `${one}/64`, 'dev', 'eth0', 'nodad']);
  }
  await run([...inside, '-6', 'route', 'add', 'default', 'dev', 'sink0', 'src', address]);
  await run([...inNetwork(cluster.name), 'sysctl', '-qw', 'net.ipv6.conf.all.forwarding=1']);
  const masquerade = ['-t', 'nat', '-A', 'POSTROUTING', '-s', pods, '!', '-d', pods, '-j', 'MASQUERADE'];
  await run([...inNetwork(cluster.name), 'ip6tables', '-w', ...masquerade]);
}

// Service addresses need some route before kube-proxy rewrites them. This route leads nowhere: a packet for an address
// that is not rewritten is lost silently, as between real networks, and never leaves the machine.
async function addSink(cluster: ClusterRow, inside: readonly string[]): Promise<void> {
  // A bridge without ports, since not every kernel has dummy interfaces. With ARP off it reports no neighbour as
  // unreachable.
  await run([...inside, 'link', 'add', 'sink0', 'type', 'bridge']);
  await run([...inside, 'link', 'set', 'sink0', 'arp', 'off', 'up']);
  await run([...inside, 'route', 'add', 'default', 'dev', 'sink0', 'src', cluster.address]);
}

async function addRoutes(cluster: ClusterRow, all: readonly ClusterRow[]): Promise<void> {
  const near = all.filter((other) => other.network === cluster.network);
  for (const other of near.filter((one) => one.name !== cluster.name)) {
    await run(['ip', '-n', namespaceOf(cluster.name), 'route', 'add', other.pods, 'via', other.address]);
  }
  await masquerade(cluster, near);
}

// Pods keep their own address within their network and use their node's address outside it.
async function masquerade(cluster: ClusterRow, near: readonly ClusterRow[]): Promise<void> {
  const iptables = [...inNetwork(cluster.name), 'iptables', '-w', '-t', 'nat', '-A', 'POSTROUTING', '-s', cluster.pods];
  for (const other of near) await run([...iptables, '-d', other.pods, '-j', 'RETURN']);
  await run([...iptables, '-j', 'MASQUERADE']);
}

function vethOf(cluster: ClusterRow): string {
  return `${PREFIX}v${cluster.index}`;
}
