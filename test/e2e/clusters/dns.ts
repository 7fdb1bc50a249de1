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

/** The DNS server's configuration. */
export function corefile(place: Place): string {
  return `.:53 {
  bind ${place.row.address}
  kubernetes cluster.local {
    kubeconfig ${place.kubeconfig}
    pods insecure
  }
  ready ${place.row.address}:8181
  cache 5
}
`;
}
