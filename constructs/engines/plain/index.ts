import { plainModel } from './model.ts';
import { plainPlan } from './plan.ts';

/** No engine: what each layer needs to know of that. It has no kinds of its own, so no charts. */
export const plain = { model: plainModel, plan: plainPlan, charts: {} };
