import type { EngineModel } from './engine.ts';
import type { GitopsFacts } from './gitops.ts';
import type { TrustModel } from './trust.ts';

/** The engines, the trust backends and the GitOps engines that a declaration may name, in the order in which messages list them. */
export interface ModelSlices {
  readonly engines: readonly EngineModel[];
  readonly trusts: readonly TrustModel[];
  readonly gitops: readonly GitopsFacts[];
}
