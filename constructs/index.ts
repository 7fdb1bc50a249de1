import { type DefinedFile, defineCharts as define } from './charts/define.ts';
import { type Output, renderOutput as render } from './delivery/render.ts';
import type { Federation } from './model/federation.ts';
import { type LoadedFederation, loadFederation as load } from './model/load.ts';
import type { WorkloadConstructs } from './model/manifests/read-constructs.ts';
import { type Plan, planFederation as plan } from './plan/plan.ts';
import { engineOf, gitopsOf, modelSlices, trustOf } from './slices.ts';

export { type StaleFile, staleFiles } from './delivery/directory/stale-files.ts';
export { mendOutput, type WriteOptions, writeOutput } from './delivery/directory/write.ts';
export type { Output } from './delivery/render.ts';
export { type ClusterSummary, renderSummary, type Summary, summarize } from './delivery/summary.ts';
export type { Cluster, Federation, Gateway, Workload } from './model/federation.ts';
export type { LoadedFederation } from './model/load.ts';
export type { WorkloadConstructs } from './model/manifests/read-constructs.ts';
export {
  type Location,
  type Problem,
  ProblemsError,
  type ProblemView,
  renderProblems,
  UserMistake,
} from './model/problems/problem.ts';
export { type Reach, type ReachPurpose, reachabilityOf } from './model/reachability.ts';
export type { Plan } from './plan/plan.ts';

/**
 * Reads a declaration, its lock and its manifests, and checks all of them.
 *
 * @param path the declaration's file
 * @param constructs workloads written in TypeScript; a workload may have manifests, too. @default - none
 * @throws ProblemsError with every mistake at once
 */
export function loadFederation(path: string, constructs: WorkloadConstructs = {}): LoadedFederation {
  return load(path, modelSlices, constructs);
}

/** Plans a federation. Pure; nothing after the plan decides where objects go. */
export function planFederation(federation: Federation): Plan {
  return plan(federation, { engine: engineOf(federation).plan, trust: trustOf(federation).plan });
}

/** Defines all charts of a plan: one App per target, one chart per file of objects. */
export function defineCharts(planned: Plan): readonly DefinedFile[] {
  return define(planned, engineOf(planned.federation).charts);
}

/**
 * Renders the whole output.
 *
 * @throws UserMistake when a file would hold a secret
 */
export function renderOutput(planned: Plan, defined: readonly DefinedFile[]): Output {
  const { federation } = planned;
  return render(planned, defined, {
    conditions: engineOf(federation).plan.conditions,
    gitops: gitopsOf(federation)?.delivery ?? null,
  });
}
