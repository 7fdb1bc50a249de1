import { isIPv4 } from 'node:net';
import type { IstioValues } from '../../../imports/istio-values.ts';
import type { IstioRelease } from '../../domain/istio/releases.ts';
import type { Mapping } from '../../domain/json/mapping.ts';
import { mergeValues } from '../../domain/json/merge-values.ts';
import { rewriteImage } from '../../domain/kubernetes/images.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Lock } from '../declaration/lock.ts';
import type { Cluster, ClusterIstio, ControlPlane } from '../federation.ts';
import { belowPilot } from '../schemas/pilot-values.ts';
import {
  type DeclaredControlPlane,
  declaredControlPlanes,
  hasGateway,
  isPrimary,
  remotesOf,
} from './declared-control-planes.ts';
import { addressesOf, resolveGateway } from './resolve-gateway.ts';

type DeclaredCluster = Declaration['clusters'][number];

/** Every cluster with all its facts, from a declaration that has passed the rules. */
export function resolveClusters(declaration: Declaration, lock: Lock, release: IstioRelease): readonly Cluster[] {
  const planes = declaredControlPlanes(declaration);
  const isReached = hasGateway(declaration, planes);
  const toControlPlane = controlPlanes(declaration, planes, lock, release);
  return declaration.clusters.map((cluster, index) => {
    const plane = planes[index];
    if (plane === undefined) throw new Error(`${cluster.name}: its control plane is unknown`);
    return {
      name: cluster.name,
      isHost: cluster.role === 'host',
      isLeaving: cluster.state === 'leaving',
      kubeContext: cluster.kubeContext ?? cluster.name,
      istioCluster: cluster.istioCluster ?? cluster.name,
      federationCluster: cluster.federationCluster ?? cluster.name,
      network: cluster.network,
      controlPlane: toControlPlane(plane),
      gateway: isReached(cluster) ? resolveGateway(cluster, lock) : null,
      hasIngressGateway: cluster.ingressGateway,
      apiServer: cluster.apiServer ?? null,
      uid: lock.clusters[cluster.name]?.uid ?? null,
      rootFingerprint: lock.clusters[cluster.name]?.rootFingerprint ?? null,
      istio: resolveIstio(cluster, declaration, release),
    };
  });
}

function controlPlanes(
  { clusters }: Declaration,
  planes: readonly DeclaredControlPlane[],
  lock: Lock,
  release: IstioRelease,
): (plane: DeclaredControlPlane) => ControlPlane {
  const remotesOfPrimary = remotesOf(planes);
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return (plane) => {
    if (isPrimary(plane)) {
      const remotes = remotesOfPrimary(plane.cluster);
      return {
        kind: 'primary',
        remotes: remotes.map(({ cluster }) => cluster),
        injectsRemotes: remotes.some(({ injector }) => injector === 'primary'),
      };
    }
    const primary = byName.get(plane.primary);
    if (primary === undefined) throw new Error(`${plane.cluster}: no primary ${plane.primary}`);
    return {
      kind: 'remote',
      primary: primary.name,
      primaryIstioCluster: primary.istioCluster ?? primary.name,
      primaryAddress: primaryAddress(addressesOf(primary, lock), release),
      injector: plane.injector,
    };
  };
}

// One value of the charts takes one address.
function primaryAddress(addresses: readonly string[], { takesIpv6 }: IstioRelease): string | null {
  return (takesIpv6 ? undefined : addresses.find(isIPv4)) ?? addresses[0] ?? null;
}

function resolveIstio(
  { istio: own }: DeclaredCluster,
  { istio, images }: Declaration,
  release: IstioRelease,
): ClusterIstio {
  const declared = own.hub ?? istio.hub;
  const mirrored = rewriteImage(`${release.hub}/pilot`, images.registries).replace(/\/pilot$/, '');
  const canonical = istio.installer === 'helm' ? belowPilot : (values: Mapping): Mapping => values;
  return {
    hub: declared ?? mirrored,
    isHubDeclared: declared !== undefined || mirrored !== release.hub,
    // A rule has checked the values against the schema from which the type is generated.
    values: mergeValues(canonical(istio.values), canonical(own.values)) as IstioValues,
  };
}
