import { karmadaCharts } from './charts/charts.ts';
import { karmadaModel } from './model/model.ts';
import { karmadaPlan } from './plan/plan.ts';

/** Karmada, as each layer needs it. */
export const karmada = { model: karmadaModel, plan: karmadaPlan, charts: karmadaCharts };
