import type { Cluster } from '../environment.ts';
import { find } from '../kubernetes/kubectl.ts';
import { until } from '../machine/wait.ts';

/** The name of a network's gateway: Deployment and Service. */
export const GATEWAY = 'istio-eastwestgateway';

interface GatewayService {
  readonly status?: { readonly loadBalancer?: { readonly ingress?: { ip?: string; hostname?: string }[] } };
}

/** The address of a cluster's gateway, or undefined. */
export async function findGatewayAddress(cluster: Cluster): Promise<string | undefined> {
  const service = await find<GatewayService>(cluster, [`service/${GATEWAY}`, '--namespace=istio-system']);
  const first = service?.status?.loadBalancer?.ingress?.[0];
  return first?.ip ?? first?.hostname;
}

/** The address of a cluster's gateway, once it has one. */
export function gatewayAddress(cluster: Cluster): Promise<string> {
  return until(`${cluster.name}: Service ${GATEWAY} has an address`, 60, () => findGatewayAddress(cluster));
}
