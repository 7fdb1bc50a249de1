import { plainModel } from './model.ts';
import { plainPlan } from './plan.ts';

/** No engine, as each layer needs it. It has no kinds of its own and therefore no charts. */
export const plain = { model: plainModel, plan: plainPlan, charts: {} };
