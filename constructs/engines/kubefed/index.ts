import { kubefedCharts } from './charts/charts.ts';
import { kubefedModel } from './model/model.ts';
import { kubefedPlan } from './plan/plan.ts';

/** KubeFed: what each layer needs of it. */
export const kubefed = { model: kubefedModel, plan: kubefedPlan, charts: kubefedCharts };
