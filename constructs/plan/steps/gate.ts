import type { Federation } from '../../model/federation.ts';
import type { GateName } from '../waves.ts';

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

/** The gate of a name, as it is where nothing more is known of the step. */
export function gateOf({ clusters }: Federation, kind: GateName | null): Gate | null {
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
