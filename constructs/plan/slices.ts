import type { EnginePlan } from './engines/engine.ts';
import type { TrustPlan } from './trust-plan.ts';

/** The engine and the trust backend of a federation, as the plan uses them. */
export interface PlanSlices {
  readonly engine: EnginePlan;
  readonly trust: TrustPlan;
}
