import { isIPv4, isIPv6 } from 'node:net';
import type { LoadBalancerPreset } from '../../domain/kubernetes/load-balancers/preset.ts';
import { loadBalancerPresets } from '../../domain/kubernetes/load-balancers/presets.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { defaultGatewayPort } from '../declaration/gateway.ts';
import type { Lock } from '../declaration/lock.ts';
import type { Gateway } from '../federation.ts';

type DeclaredCluster = Declaration['clusters'][number];
type DeclaredGateway = Exclude<DeclaredCluster['gateway'], 'none' | undefined>;
type Annotations = Readonly<Record<string, string>>;

/** The addresses of a cluster's gateway: those of the declaration, else that of the lock. Empty if nobody knows one. */
export function addressesOf(cluster: DeclaredCluster, lock: Lock): readonly string[] {
  const declared = declaredAddresses(cluster);
  if (declared.length > 0) return declared;
  const locked = lock.clusters[cluster.name]?.gatewayAddress;
  return locked === undefined ? [] : [locked];
}

/** The gateway of a cluster that has one. */
export function resolveGateway(cluster: DeclaredCluster, lock: Lock): Gateway {
  const {
    type = 'LoadBalancer',
    port = defaultGatewayPort,
    preset,
    internal = false,
    ...more
  } = declaredGateway(cluster);
  const row = preset === undefined ? null : loadBalancerPresets[preset];
  // Only reserved addresses from the declaration are requested. An observed one may have been chosen by anyone.
  const reserved = declaredAddresses(cluster);
  return {
    type,
    port,
    addresses: addressesOf(cluster, lock),
    annotations: {
      ...(row === null ? {} : { ...balancerOf(row, internal), ...requestOf(row, reserved) }),
      ...more.annotations,
    },
    // One field for one address: with several, the cloud chooses.
    loadBalancerIp: row?.reservedAddress.kind === 'field' && reserved.length === 1 ? (reserved[0] ?? null) : null,
    sourceRanges: more.sourceRanges ?? [],
  };
}

const noGateway: Partial<DeclaredGateway> = {};

const declaredGateway = ({ gateway }: DeclaredCluster): Partial<DeclaredGateway> =>
  gateway === undefined || gateway === 'none' ? noGateway : gateway;

function declaredAddresses(cluster: DeclaredCluster): readonly string[] {
  const { address } = declaredGateway(cluster);
  if (address === undefined) return [];
  return typeof address === 'string' ? [address] : address;
}

function balancerOf({ annotations, internal }: LoadBalancerPreset, isInternal: boolean): Annotations {
  if (!isInternal) return annotations;
  // A rule has refused the others.
  return internal.kind === 'annotations' ? internal.annotations : {};
}

function requestOf({ reservedAddress }: LoadBalancerPreset, addresses: readonly string[]): Annotations {
  if (reservedAddress.kind !== 'annotations') return {};
  const first = { IPv4: addresses.find(isIPv4), IPv6: addresses.find(isIPv6) };
  return {
    ...(first.IPv4 === undefined ? {} : { [reservedAddress.IPv4]: first.IPv4 }),
    ...(first.IPv6 === undefined ? {} : { [reservedAddress.IPv6]: first.IPv6 }),
  };
}
