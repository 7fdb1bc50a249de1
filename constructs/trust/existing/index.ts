import { existingModel } from './model.ts';
import { existingPlan } from './plan.ts';

/** The Secret already exists; this is the part of each layer. */
export const existing = { model: existingModel, plan: existingPlan };
