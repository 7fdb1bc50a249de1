import type { Cluster } from '../environment.ts';
import { istioctl } from './istioctl.ts';

/** Where an Envoy may send a call, and how much of all calls. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  /** 0 is used first; the next only when too few of these are healthy. */
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

/**
 * The endpoints of a service as the Envoy beside a pod has them now: not what istiod means to send, but what a call
 * would meet.
 */
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
