import { existingModel } from './model.ts';
import { existingPlan } from './plan.ts';

/** The Secret is there: what each layer needs to know of that. */
export const existing = { model: existingModel, plan: existingPlan };
