import type { TrustPlan } from '../../plan/trust-plan.ts';

/** Creates nothing: the Secret must exist as soon as its namespace does. */
export const existingPlan: TrustPlan = { isReadyWithNamespace: true, files: () => [], steps: () => [] };
