import type { Federation } from '../../model/federation.ts';
import { type GateName, type WaveName, waves } from '../waves.ts';

/** A condition that must hold before the next step begins, and the arguments of its check. */
export type Gate =
  | PlainGate
  | {
      readonly kind: 'gateway-address-known';
      /** The expected addresses, of which the gateway must get one. Empty: any address will do. */
      readonly expected: readonly string[];
      /** Whether only an IP address will do, and a hostname ends the run: `needsIp` says why. */
      readonly onlyIp: boolean;
    }
  | {
      readonly kind: 'propagated';
      /** The engine's names for the clusters that it must know and reach. */
      readonly clusters: readonly string[];
    };

/** A gate without arguments. */
export interface PlainGate {
  readonly kind: Exclude<GateName, 'gateway-address-known' | 'propagated'>;
}

/** The gate of a wave, with its arguments if nothing else is known about the step. */
export function gateOf({ clusters }: Federation, wave: WaveName): Gate | null {
  const kind: GateName | null = waves[wave].gate;
  switch (kind) {
    case null:
      return null;
    case 'propagated':
      return { kind, clusters: clusters.map(({ federationCluster }) => federationCluster) };
    case 'gateway-address-known':
      return { kind, expected: [], onlyIp: false };
    default:
      return { kind };
  }
}
