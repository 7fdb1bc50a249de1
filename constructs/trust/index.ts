import type { TrustModel } from '../model/trust.ts';
import type { TrustPlan } from '../plan/trust-plan.ts';
import { existing } from './existing/index.ts';
import { federatedSecret } from './federated-secret/index.ts';

/** Everything specific to one trust backend, by layer. */
export interface TrustSlice {
  readonly model: TrustModel;
  readonly plan: TrustPlan;
}

/** THE table of trust backends: one row each. The first one is the default. */
export const trustBackends: readonly TrustSlice[] = [existing, federatedSecret];
