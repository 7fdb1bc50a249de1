import type { ExpectedEndpoint } from '../../plan/endpoints.ts';
import type { OutputFile } from '../output-file.ts';
import { renderTable } from './table.ts';

/**
 * Where calls will go, for verify.sh. The endpoint is `local`, where pods are called at their own addresses, or the
 * gateway's address and port; `gateway-address:CLUSTER:PORT` where only that cluster can say: PORT is the one of the
 * gateway's Service.
 */
export function renderEndpointsTable(endpoints: readonly ExpectedEndpoint[]): OutputFile {
  return renderTable(
    'endpoints.tsv',
    ['cluster', 'service', 'endpoint', 'port', 'protocol', 'serving', 'network', 'gateway', 'primary'],
    endpoints.map(({ client, namespace, service, port, serving, gateway, address }) => [
      client.name,
      `${service}.${namespace}.svc.cluster.local`,
      renderEndpoint(gateway, address),
      String(port.port),
      port.isHttp ? 'http' : 'tcp',
      serving.name,
      serving.network,
      gateway?.name ?? null,
      client.controlPlane.kind === 'remote' ? client.controlPlane.primary : client.name,
    ]),
  );
}

function renderEndpoint(gateway: ExpectedEndpoint['gateway'], address: string | null): string {
  if (gateway === null) return 'local';
  const port = String(gateway.gateway?.port);
  if (address === null) return `gateway-address:${gateway.name}:${port}`;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
