import { serviceHost } from '../../domain/istio/cluster-domain.ts';
import type { ServingCluster } from '../../plan/routing/called-services.ts';
import type { ExpectedEndpoints } from '../../plan/routing/endpoints.ts';
import type { GatewayAddress } from '../../plan/routing/ways-in.ts';
import type { OutputFile } from '../output-file.ts';
import { renderTable } from './table.ts';

/** The tables of the endpoints that calls should reach. `verify` and verify.sh join them; docs/output.md explains how. */
export function renderEndpointTables(endpoints: ExpectedEndpoints, clusterDomain: string): readonly OutputFile[] {
  return [
    renderServices(endpoints.calls, clusterDomain),
    renderClients(endpoints.clients),
    renderEndpoints(endpoints.endpoints),
    renderGateways(endpoints.gateways),
  ];
}

function renderServices(calls: ExpectedEndpoints['calls'], clusterDomain: string): OutputFile {
  const rows = calls.map(({ namespace, service, port, clients, endpoints }) => [
    serviceHost(service, namespace, clusterDomain),
    String(port.port),
    port.isHttp ? 'http' : 'tcp',
    clients,
    endpoints,
  ]);
  return renderTable('services.tsv', ['service', 'port', 'protocol', 'clients', 'endpoints'], rows);
}

function renderClients(sets: ExpectedEndpoints['clients']): OutputFile {
  const rows = sets.flatMap((set) =>
    set.members.map(({ name, network, controlPlane }) => [
      set.name,
      name,
      network,
      controlPlane.kind === 'remote' ? controlPlane.primary : name,
    ]),
  );
  return renderTable('clients.tsv', ['clients', 'cluster', 'network', 'primary'], rows);
}

function renderEndpoints(sets: ExpectedEndpoints['endpoints']): OutputFile {
  const rows = sets.flatMap(({ name, members }) =>
    members.map((serving) => [name, serving.cluster.name, serving.cluster.network, renderWayIn(serving)]),
  );
  return renderTable('endpoints.tsv', ['endpoints', 'serving', 'network', 'gateway'], rows);
}

// No cluster can be called `*`.
function renderWayIn({ cluster, wayIn }: ServingCluster): string | null {
  if (wayIn === 'none') return null;
  return wayIn === 'own-gateway' ? cluster.name : '*';
}

function renderGateways(gateways: ExpectedEndpoints['gateways']): OutputFile {
  const rows = gateways.map((gateway) => [gateway.cluster.name, gateway.cluster.network, renderAddress(gateway)]);
  return renderTable('gateways.tsv', ['gateway', 'network', 'address'], rows);
}

// Only the cluster knows the address. The port is that of the gateway's Service.
function renderAddress({ cluster, port, address }: GatewayAddress): string {
  if (address === null) return `gateway-address:${cluster.name}:${port}`;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
