import type { Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import type { EffectiveFile } from './engines/engine.ts';
import { planFiles } from './files.ts';
import { type GitopsPlan, planGitops } from './gitops/gitops-plan.ts';
import { ownerOf } from './gitops/owners.ts';
import { type ExpectedEndpoints, planEndpoints } from './routing/endpoints.ts';
import type { PlanSlices } from './slices.ts';
import { planSteps } from './steps/plan-steps.ts';
import type { Step } from './steps/step.ts';

/** Everything that a federation needs: the files of every cluster, and the steps that apply them in order. */
export interface Plan {
  readonly federation: Federation;
  readonly files: readonly PlannedFile[];
  readonly steps: readonly Step[];
  /** The objects that the federation engine will create in the clusters. */
  readonly effective: readonly EffectiveFile[];
  /** The expected endpoints of calls between the workloads. */
  readonly endpoints: ExpectedEndpoints;
  /** What a GitOps engine does. Null if the federation has none. */
  readonly gitops: GitopsPlan | null;
}

/** Plans a federation. Pure; nothing after the plan decides where objects go. */
export function planFederation(federation: Federation, slices: PlanSlices): Plan {
  const files = planFiles(federation, slices);
  const effective = federation.clusters.flatMap(slices.engine.effective(federation));
  const steps = planSteps(federation, files, slices);
  return {
    federation,
    files,
    steps: federation.gitops === null ? steps : steps.map((step) => ({ ...step, owner: ownerOf(step) })),
    effective,
    endpoints: planEndpoints(federation, files, effective),
    gitops: planGitops(federation, files, steps),
  };
}
