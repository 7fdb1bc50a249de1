import { moduleFile } from '../build/go.ts';
import { untilEstablished } from '../machine/established.ts';
import type { ClusterRow } from '../tables/clusters.ts';
import { kubectl, type Place } from './place.ts';

/** Ranges of one address each: those of a node. */
function single(
  { address, furtherAddresses }: Pick<ClusterRow, 'address' | 'furtherAddresses'>,
  bits: number,
): string[] {
  return [address, ...furtherAddresses].map((one) => `${one}/${bits}`);
}

/**
 * Gives MetalLB's controller its CRDs and its pool. The node's address comes first, for the first LoadBalancer Service,
 * and the node's further addresses follow. No speaker is needed: the node has all addresses already, and kube-proxy
 * accepts incoming traffic.
 */
export async function prepareAddresses(place: Place): Promise<void> {
  await kubectl(place, ['apply', '--server-side', `--filename=${moduleFile('metallb', 'config/crd/bases')}`]);
  await untilEstablished((words) => kubectl(place, words), ['crd/ipaddresspools.metallb.io']);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } };
  const pool = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'node', namespace: 'metallb-system' },
    spec: {
      addresses: [...single(place.row, 32), ...(place.row.ipv6 === undefined ? [] : single(place.row.ipv6, 128))],
    },
  };
  for (const object of [namespace, pool]) await kubectl(place, ['apply', '--filename=-'], JSON.stringify(object));
}
