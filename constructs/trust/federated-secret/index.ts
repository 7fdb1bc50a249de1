import { federatedSecretModel } from './model.ts';
import { federatedSecretPlan } from './plan.ts';

/** The engine carries the Secret; this is the part of each layer. */
export const federatedSecret = { model: federatedSecretModel, plan: federatedSecretPlan };
