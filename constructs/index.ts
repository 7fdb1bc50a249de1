export { defineCharts } from './charts/define.ts';
export { type Output, renderOutput } from './delivery/render.ts';
export { renderSummary } from './delivery/summary.ts';
export { writeOutput } from './delivery/write.ts';
export type { Cluster, Federation, Gateway, Workload } from './model/federation.ts';
export { type LoadedFederation, loadFederation } from './model/load.ts';
export { type Problem, ProblemsError, UserMistake } from './model/problem.ts';
export { type Reach, type ReachPurpose, reachabilityOf } from './model/reachability.ts';
export { type Plan, planFederation } from './plan/plan.ts';
