import type { Cluster, Federation } from '../../model/federation.ts';

/**
 * The way of calls from other networks to the pods of a cluster: through its own gateway, through any gateway of its
 * network, or none.
 */
export type WayIn = 'own-gateway' | 'network-gateways' | 'none';

/** One address of a gateway. One row of `gateways.tsv`. */
export interface GatewayAddress {
  /** The cluster with the gateway. */
  readonly cluster: Cluster;
  /** The port of the gateway's Service. */
  readonly port: number;
  /** Declared or observed address; null if it is not known. */
  readonly address: string | null;
}

// istiod knows no gateway of a cluster that it does not read.
const isOpen = ({ gateway, isLeaving }: Cluster): boolean => gateway !== null && !isLeaving;

/** Every address of every gateway that proxies know. */
export function gatewayAddresses({ clusters }: Federation): readonly GatewayAddress[] {
  return clusters.filter(isOpen).flatMap((cluster) => addressesOf(cluster));
}

function addressesOf(cluster: Cluster): readonly GatewayAddress[] {
  const { gateway } = cluster;
  if (gateway === null) return [];
  const { type, port, addresses } = gateway;
  // Only the node knows the port that it opens.
  const isKnown = type !== 'NodePort' && addresses.length > 0;
  return isKnown ? addresses.map((address) => ({ cluster, port, address })) : [{ cluster, port, address: null }];
}

/** The way into each cluster for calls from other networks. */
export function waysInto({ clusters, istio }: Federation): (cluster: Cluster) => WayIn {
  const open = new Set(clusters.filter(isOpen).map(({ network }) => network));
  return (cluster) => {
    // 1.7 knows gateways by network only. Since 1.8 a cluster's own gateways take precedence.
    if (istio.dialect.prefersOwnGateway && isOpen(cluster)) return 'own-gateway';
    return open.has(cluster.network) ? 'network-gateways' : 'none';
  };
}
