import type { Cluster, Federation } from './federation.ts';

/** Why one cluster must reach another. */
export type ReachPurpose =
  /** Calls of its pods to services in another network. */
  | 'calls'
  /** Its proxies take their configuration and certificates from there. */
  | 'discovery'
  /** Its API server has the sidecars of its pods injected there. */
  | 'injection'
  /** Its istiod reads services and pods there. */
  | 'registry'
  /** The federation engine makes objects there. */
  | 'federation';

/** One way that firewalls must leave open. */
export interface Reach {
  readonly from: string;
  readonly to: string;
  readonly purpose: ReachPurpose;
  /** Addresses of the gateway, or the host of the API server; empty: not known before the rollout. */
  readonly addresses: readonly string[];
  /** TCP port; null: that of an API server which only a kubeconfig names, or one that a node assigns. */
  readonly port: number | null;
}

/** Who must reach whom, on which port: what a firewall between the clusters has to let through. */
export function reachabilityOf(federation: Federation): readonly Reach[] {
  const { clusters } = federation;
  return clusters.flatMap((from) =>
    clusters
      .filter(({ name }) => name !== from.name)
      .flatMap((to) => [...callsBetween(from, to), ...towardsPrimary(federation, from, to), ...towardsApi(from, to)]),
  );
}

// Every gateway of a network counts, also for pods of its clusters that have none.
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
