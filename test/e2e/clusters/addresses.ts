import { moduleFile } from '../build/go.ts';
import { untilEstablished } from '../machine/established.ts';
import { kubectl, type Place } from './place.ts';

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
    spec: { addresses: [place.row.address, ...place.row.furtherAddresses].map((address) => `${address}/32`) },
  };
  for (const object of [namespace, pool]) await kubectl(place, ['apply', '--filename=-'], JSON.stringify(object));
}
