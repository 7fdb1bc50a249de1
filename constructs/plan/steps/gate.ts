import type { Federation } from '../../model/federation.ts';
import { type GateName, type WaveName, waves } from '../waves.ts';

/** What must hold before the next step begins, and what its check is told. */
export type Gate =
  | PlainGate
  | {
      readonly kind: 'gateway-address-known';
      /** The addresses of which the gateway must turn out to have one; empty: whichever it gets. */
      readonly expected: readonly string[];
    }
  | {
      readonly kind: 'propagated';
      /** Those that the engine must know and reach, by the names that it gives them. */
      readonly clusters: readonly string[];
    };

/** A gate that is told nothing. */
export interface PlainGate {
  readonly kind: Exclude<GateName, 'gateway-address-known' | 'propagated'>;
}

/** The gate of a wave as its table says it, for a step of which nothing else is known. */
export function gateOfWave({ clusters }: Federation, wave: WaveName): Gate | null {
  const kind: GateName | null = waves[wave].gate;
  switch (kind) {
    case null:
      return null;
    case 'propagated':
      return { kind, clusters: clusters.map(({ federationCluster }) => federationCluster) };
    case 'gateway-address-known':
      return { kind, expected: [] };
    default:
      return { kind };
  }
}
