import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, type Place } from './place.ts';

/** Registers the cluster's DNS server where Kubernetes expects it. The server runs beside the node and not in a pod. */
export async function prepareDns(place: Place): Promise<void> {
  const metadata = { name: 'kube-dns', namespace: 'kube-system' };
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ];
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: place.row.dns, ports } };
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kube-dns' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [place.row.address], conditions: { ready: true } }],
    ports,
  };
  for (const object of [service, slice]) await kubectl(place, ['apply', '--filename=-'], JSON.stringify(object));
}

const namesOf = ({ directory }: Place): string => join(directory, 'hosts');

/** Gives addresses to names outside the cluster, for its pods. They replace those of an earlier call. */
export function giveNames(place: Place, addresses: Readonly<Record<string, string>>): void {
  const lines = Object.entries(addresses).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(namesOf(place), lines.join(''), { mode: 0o600 });
}

/** The DNS server's configuration. */
export function corefile(place: Place): string {
  return `.:53 {
  bind ${place.row.address}
  hosts ${namesOf(place)} {
    ttl 5
    reload 1s
    fallthrough
  }
  kubernetes cluster.local {
    kubeconfig ${place.kubeconfig}
    pods insecure
  }
  ready ${place.row.address}:8181
  cache 5
}
`;
}
