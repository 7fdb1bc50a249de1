import type { Cluster } from '../environment.ts';
import { istioctl } from './istioctl.ts';

/** A destination of an Envoy's calls, and its share of all calls. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  /** Priority 0 is used first. The next priority is used only when too few of these endpoints are healthy. */
  readonly priority: number;
  readonly region: string;
  readonly zone: string;
  readonly healthy: boolean;
}

interface HostStatus {
  address: { socketAddress: { address: string; portValue: number } };
  weight?: number;
  priority?: number;
  locality?: { region?: string; zone?: string };
  healthStatus?: { edsHealthStatus?: string; failedOutlierCheck?: boolean };
}

/** The current endpoints of a service in the Envoy of a pod: what a call would use, not what istiod intends to send. */
export async function endpoints(
  from: Cluster,
  namespace: string,
  deployment: string,
  service: string,
  port: number,
): Promise<Endpoint[]> {
  const cluster = `outbound|${port}||${service}`;
  const target = [`deployment/${deployment}.${namespace}`, '--cluster', cluster, '--output', 'json'];
  const clusters = JSON.parse((await istioctl(from, ['proxy-config', 'endpoints', ...target])) || '[]') as
    | { name: string; hostStatuses?: HostStatus[] }[]
    | null;
  const statuses = (clusters ?? []).flatMap((one) => one.hostStatuses ?? []);
  return statuses.map(endpoint).sort((a, b) => a.address.localeCompare(b.address));
}

function endpoint(status: HostStatus): Endpoint {
  return {
    address: status.address.socketAddress.address,
    port: status.address.socketAddress.portValue,
    weight: status.weight ?? 1,
    priority: status.priority ?? 0,
    region: status.locality?.region ?? '',
    zone: status.locality?.zone ?? '',
    healthy: status.healthStatus?.edsHealthStatus === 'HEALTHY' && status.healthStatus.failedOutlierCheck !== true,
  };
}
