import { kubefedCharts } from './charts/charts.ts';
import { kubefedModel } from './model/model.ts';
import { kubefedPlan } from './plan/plan.ts';

/** KubeFed, as each layer needs it. */
export const kubefed = { model: kubefedModel, plan: kubefedPlan, charts: kubefedCharts };
