import type { EnginePlan } from './engines/engine.ts';
import type { TrustPlan } from './trust-plan.ts';

/** How the engine and the trust backend of a federation do what is theirs. */
export interface PlanSlices {
  readonly engine: EnginePlan;
  readonly trust: TrustPlan;
}
