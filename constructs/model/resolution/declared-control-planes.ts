import { groupBy } from '../../domain/group-by.ts';
import { findIstioRelease, type Injector } from '../../domain/istio/releases.ts';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';

/** The location of a cluster's control plane, as declared or as determined by the topology. */
export interface DeclaredControlPlane {
  /** Position of the cluster. */
  readonly index: number;
  readonly cluster: string;
  /** The cluster whose istiod configures its proxies: itself if it is a primary. */
  readonly primary: string;
  readonly injector: Injector;
}

type DraftDeclaration = Draft<Declaration>;

/**
 * The control planes of all clusters for which enough is known, in their order. Rules and the resolution share this
 * result.
 */
export function declaredControlPlanes(declaration: DraftDeclaration): readonly DeclaredControlPlane[] {
  const { istio, clusters = [] } = declaration;
  const topology = istio !== undefined && 'topology' in istio ? istio.topology : 'primary-remote';
  const host = clusters.find((cluster) => cluster?.role === 'host')?.name;
  const injector = findIstioRelease(istio?.version ?? '')?.injectors[0] ?? 'primary';
  return clusters.flatMap((cluster, index) => {
    if (cluster?.name === undefined || topology === undefined) return [];
    const { name } = cluster;
    const declared = 'controlPlane' in cluster ? cluster.controlPlane : defaultOf(name, topology, host);
    if (declared === 'primary') return [{ index, cluster: name, primary: name, injector }];
    if (declared?.remoteOf === undefined) return [];
    return [{ index, cluster: name, primary: declared.remoteOf, injector: declared.injector ?? injector }];
  });
}

function defaultOf(
  name: string,
  topology: Declaration['istio']['topology'],
  host: string | undefined,
): Exclude<Declaration['clusters'][number]['controlPlane'], undefined> | undefined {
  if (topology === 'multi-primary' || name === host) return 'primary';
  return host === undefined ? undefined : { remoteOf: host };
}

/** Whether a control plane is the cluster's own. */
export function isPrimary({ cluster, primary }: DeclaredControlPlane): boolean {
  return cluster === primary;
}

/** The clusters, other than itself, whose proxies a primary configures. */
export function remotesOf(
  planes: readonly DeclaredControlPlane[],
): (primary: string) => readonly DeclaredControlPlane[] {
  const byPrimary = groupBy(
    planes.filter((plane) => !isPrimary(plane)),
    ({ primary }) => primary,
  );
  return (primary) => byPrimary.get(primary) ?? [];
}

type DraftCluster = Exclude<Exclude<DraftDeclaration['clusters'], undefined>[number], undefined>;

/**
 * Whether a cluster has a gateway for other networks. If the declaration does not say, a gateway is added when traffic
 * must enter through it: calls from another network, or the proxies of a remote on their way to istiod.
 */
export function hasGateway(
  declaration: DraftDeclaration,
  planes: readonly DeclaredControlPlane[],
): (cluster: DraftCluster) => boolean {
  const networks = new Set(declaration.clusters?.flatMap((other) => other?.network ?? []));
  const isSeparate = findIstioRelease(declaration.istio?.version ?? '')?.dialect.name !== '1.7';
  const remotes = remotesOf(planes);
  return (cluster) => {
    if ('gateway' in cluster) return cluster.gateway !== 'none';
    return !isSeparate || networks.size > 1 || remotes(cluster.name ?? '').length > 0;
  };
}
