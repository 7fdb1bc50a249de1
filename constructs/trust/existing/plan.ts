import type { TrustPlan } from '../../plan/trust-plan.ts';

/** Nothing is made: the Secret has to be there as soon as its namespace is. */
export const existingPlan: TrustPlan = { foundationGate: 'cacerts-present', files: () => [], steps: () => [] };
