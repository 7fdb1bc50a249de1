import type { TrustPlan } from '../../plan/trust-plan.ts';

/** Creates nothing: the Secret must exist as soon as its namespace does. */
export const existingPlan: TrustPlan = { foundationGate: 'cacerts-present', files: () => [], steps: () => [] };
