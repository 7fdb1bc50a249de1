import type { EngineModel } from './engine.ts';
import type { TrustModel } from './trust.ts';

/** The engines and the trust backends that a declaration may name, in the order in which messages list them. */
export interface ModelSlices {
  readonly engines: readonly EngineModel[];
  readonly trusts: readonly TrustModel[];
}
