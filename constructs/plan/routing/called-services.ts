import type { BackendPort } from '../../domain/kubernetes/service-backends.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { ServicesInCluster } from './services-in-clusters.ts';
import type { NamedSet } from './shared-sets.ts';
import type { WayIn } from './ways-in.ts';

/** A Service in the whole federation. */
export interface CalledService {
  readonly namespace: string;
  readonly name: string;
  /** The ports, the same in every cluster; a rule ensures that. */
  readonly ports: readonly BackendPort[];
  /** The clusters that have the Service, and so may call it. */
  readonly clients: NamedSet<Cluster>;
  /** The clusters whose pods answer. */
  readonly endpoints: NamedSet<ServingCluster>;
}

/** A cluster whose pods answer a Service, and the way in for calls from other networks. */
export interface ServingCluster {
  readonly cluster: Cluster;
  readonly wayIn: WayIn;
}

/** The Services with pods that answer, in the order of the declaration. */
export function calledServices(
  federation: Federation,
  inClusters: readonly ServicesInCluster[],
  wayInto: (cluster: Cluster) => WayIn,
): readonly CalledService[] {
  return declaredServices(federation)
    .flatMap((key) => calledService(key, inClusters, wayInto) ?? [])
    .filter(({ endpoints }) => endpoints.members.length > 0);
}

// Each Service once. No engine and no override changes its name or its namespace; rules ensure that.
function declaredServices({ workloads }: Federation): readonly string[] {
  return workloads
    .flatMap(({ objects }) => objects.map(({ object }) => object).filter(({ kind }) => kind === 'Service'))
    .map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
}

function calledService(
  key: string,
  inClusters: readonly ServicesInCluster[],
  wayInto: (cluster: Cluster) => WayIn,
): CalledService | null {
  const having = inClusters.filter(({ services }) => services.has(key));
  const service = having[0]?.services.get(key);
  if (service === undefined) return null;
  const { namespace, name, ports } = service;
  const serving = having.flatMap(({ cluster, served }) => {
    const pods = served.get(key);
    // Calls through a gateway cannot reach a pod without a sidecar, so istiod leaves it out.
    return pods === undefined ? [] : [{ cluster, wayIn: pods.isInjected ? wayInto(cluster) : 'none' }];
  });
  const host = `${name}.${namespace}`;
  return {
    namespace,
    name,
    ports,
    clients: { name: host, members: having.map(({ cluster }) => cluster) },
    endpoints: { name: host, members: serving },
  };
}
