import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { kubectlFor } from '../clusters/kubectl.ts';
import { readUids } from '../clusters/reach-clusters.ts';
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
  /** Hears what a credential plugin asks. Null: nobody can answer. */
  readonly onPrompt: ((text: string) => void) | null;
  readonly program: RunProgram;
}

/**
 * Observes every cluster of a plan, and changes none.
 *
 * @throws UserMistake when the plan does not have a cluster, or not one for which a context is given
 */
export async function discover(
  plan: PlanJson,
  { contexts, parallel, answerSeconds, onPrompt, program: run }: DiscoverOptions,
): Promise<readonly Observation[]> {
  const clusters = clustersOfPlan(plan, contexts);
  if (clusters.length === 0)
    throw new UserMistake('plan.json has no cluster that may be asked; nothing was written; synthesize again');
  const uids = await readUids(clusters, { run, parallel, answerSeconds, onPrompt });
  return sideBySide(clusters, parallel, (cluster) => {
    const kubectl = kubectlFor({ run, context: cluster.context, answerSeconds });
    return observe(kubectl, cluster, {
      federation: plan.federation,
      uid: uids.get(cluster.name) ?? { kind: 'absent' },
    });
  });
}
