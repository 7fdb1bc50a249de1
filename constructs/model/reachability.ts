import type { Cluster, Federation } from './federation.ts';

/** The reason why one cluster must reach another one. */
export type ReachPurpose =
  /** Its pods call services in another network. */
  | 'calls'
  /** Its proxies get their configuration and certificates there. */
  | 'discovery'
  /** Its API server calls the injector there. */
  | 'injection'
  /** Its istiod reads services and pods there. */
  | 'registry'
  /** The federation engine creates objects there. */
  | 'federation';

/** One connection that firewalls must allow. */
export interface Reach {
  readonly from: string;
  readonly to: string;
  readonly purpose: ReachPurpose;
  /** Addresses of the gateway, or the host of the API server. Empty if they are not known before the rollout. */
  readonly addresses: readonly string[];
  /** TCP port. Null if only the kubeconfig names the port of the API server, or if a node assigns the port. */
  readonly port: number | null;
}

/** The connections between clusters that firewalls must allow: from, to, port. */
export function reachabilityOf(federation: Federation): readonly Reach[] {
  const { clusters } = federation;
  return clusters.flatMap((from) =>
    clusters
      .filter(({ name }) => name !== from.name)
      .flatMap((to) => [...callsBetween(from, to), ...towardsPrimary(federation, from, to), ...towardsApi(from, to)]),
  );
}

// Every gateway of a network counts, also for the pods of clusters without a gateway.
function callsBetween(from: Cluster, to: Cluster): readonly Reach[] {
  if (to.gateway === null || from.network === to.network) return [];
  const { type, port, addresses } = to.gateway;
  return [{ from: from.name, to: to.name, purpose: 'calls', addresses, port: type === 'NodePort' ? null : port }];
}

function towardsPrimary({ istio }: Federation, { name, controlPlane }: Cluster, to: Cluster): readonly Reach[] {
  if (controlPlane.kind === 'primary' || controlPlane.primary !== to.name) return [];
  const reach = { from: name, to: to.name, addresses: to.gateway?.addresses ?? [] };
  const isInjected = istio.dialect.name === 'current' && controlPlane.injector === 'primary';
  return [
    { ...reach, purpose: 'discovery', port: 15012 },
    ...(isInjected ? [{ ...reach, purpose: 'injection', port: 15017 } as const] : []),
  ];
}

function towardsApi(from: Cluster, to: Cluster): readonly Reach[] {
  const url = to.apiServer === null ? null : new URL(to.apiServer);
  const reach = {
    from: from.name,
    to: to.name,
    addresses: url === null ? [] : [url.hostname],
    port: url === null ? null : Number(url.port === '' ? 443 : url.port),
  };
  return [
    ...(from.controlPlane.kind === 'primary' && !to.isLeaving ? [{ ...reach, purpose: 'registry' } as const] : []),
    ...(from.isHost ? [{ ...reach, purpose: 'federation' } as const] : []),
  ];
}
