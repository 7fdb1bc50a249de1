import type { Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import { type ExpectedEndpoints, planEndpoints } from './endpoints.ts';
import type { EffectiveFile } from './engines/engine.ts';
import { engines } from './engines/index.ts';
import { planFiles } from './files.ts';
import type { Step } from './step.ts';
import { planSteps } from './steps.ts';

/** All that a federation needs: the files of every cluster, and the steps that apply them in order. */
export interface Plan {
  readonly federation: Federation;
  readonly files: readonly PlannedFile[];
  readonly steps: readonly Step[];
  /** What the federation engine will make in the clusters. */
  readonly effective: readonly EffectiveFile[];
  /** Where calls between the workloads will go. */
  readonly endpoints: ExpectedEndpoints;
}

/** Plans a federation. Pure; past this point nobody decides what goes where. */
export function planFederation(federation: Federation): Plan {
  const files = planFiles(federation);
  const engine = engines[federation.engine.name];
  const effective = federation.clusters.flatMap(engine.effective(federation));
  return {
    federation,
    files,
    steps: planSteps(federation, files),
    effective,
    endpoints: planEndpoints(federation, files, effective),
  };
}
