import type { ServingCluster } from '../../plan/routing/called-services.ts';
import type { ExpectedEndpoints } from '../../plan/routing/endpoints.ts';
import type { GatewayAddress } from '../../plan/routing/ways-in.ts';
import type { OutputFile } from '../output-file.ts';
import { renderTable } from './table.ts';

/** Where calls will go. verify.sh joins these tables; docs/output.md explains how. */
export function renderEndpointTables({
  calls,
  clients,
  endpoints,
  gateways,
}: ExpectedEndpoints): readonly OutputFile[] {
  return [
    renderTable(
      'services.tsv',
      ['service', 'port', 'protocol', 'clients', 'endpoints'],
      calls.map(({ namespace, service, port, clients: callers, endpoints: places }) => [
        `${service}.${namespace}.svc.cluster.local`,
        String(port.port),
        port.isHttp ? 'http' : 'tcp',
        callers,
        places,
      ]),
    ),
    renderTable(
      'clients.tsv',
      ['clients', 'cluster', 'network', 'primary'],
      clients.flatMap(({ name: set, members }) =>
        members.map(({ name, network, controlPlane }) => [
          set,
          name,
          network,
          controlPlane.kind === 'remote' ? controlPlane.primary : name,
        ]),
      ),
    ),
    renderTable(
      'endpoints.tsv',
      ['endpoints', 'serving', 'network', 'gateway'],
      endpoints.flatMap(({ name: set, members }) =>
        members.map((serving) => [set, serving.cluster.name, serving.cluster.network, renderWayIn(serving)]),
      ),
    ),
    renderTable(
      'gateways.tsv',
      ['gateway', 'network', 'address'],
      gateways.map((gateway) => [gateway.cluster.name, gateway.cluster.network, renderAddress(gateway)]),
    ),
  ];
}

// No cluster can have the name `*`.
function renderWayIn({ cluster, wayIn }: ServingCluster): string | null {
  if (wayIn === 'none') return null;
  return wayIn === 'own-gateway' ? cluster.name : '*';
}

// Only the cluster knows the address, so the port is the one of the gateway's Service.
function renderAddress({ cluster, port, address }: GatewayAddress): string {
  if (address === null) return `gateway-address:${cluster.name}:${port}`;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
