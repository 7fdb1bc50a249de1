import type { EngineCharts } from '../charts/define.ts';
import type { EngineModel } from '../model/engine.ts';
import type { EnginePlan } from '../plan/engines/engine.ts';
import { karmada } from './karmada/index.ts';
import { kubefed } from './kubefed/index.ts';
import { plain } from './plain/index.ts';

/** Everything specific to one engine, by layer. */
export interface EngineSlice {
  readonly model: EngineModel;
  readonly plan: EnginePlan;
  readonly charts: EngineCharts;
}

/** THE table of engines: one row each. Messages list them in this order. */
export const engines: readonly EngineSlice[] = [kubefed, karmada, plain];
