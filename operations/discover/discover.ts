import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { kubectlFor } from '../clusters/kubectl.ts';
import { clustersOfPlan } from '../plan/clusters.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { type Observation, observe } from './observe.ts';

/** Inputs of `discover`. */
export interface DiscoverOptions {
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  readonly program: RunProgram;
}

/**
 * Observes every cluster of a plan, and changes none.
 *
 * @throws UserMistake when the plan does not have a cluster, or not one for which a context is given
 */
export async function discover(
  plan: PlanJson,
  { contexts, parallel, answerSeconds, program: run }: DiscoverOptions,
): Promise<readonly Observation[]> {
  const clusters = clustersOfPlan(plan, contexts);
  if (clusters.length === 0)
    throw new UserMistake('plan.json has no cluster that may be asked; nothing was written; synthesize again');
  return sideBySide(clusters, parallel, (cluster) =>
    observe(kubectlFor({ run, context: cluster.context, answerSeconds }), cluster, plan.federation),
  );
}
