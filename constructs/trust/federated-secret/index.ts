import { federatedSecretModel } from './model.ts';
import { federatedSecretPlan } from './plan.ts';

/** The engine carries the Secret: what each layer needs to know of that. */
export const federatedSecret = { model: federatedSecretModel, plan: federatedSecretPlan };
