import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';

/** A cluster of a plan, as this run reaches it. */
export interface PlanCluster {
  readonly name: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** The UID that the lock expects, or null. */
  readonly uid: string | null;
  /** Whether it is to be drained. */
  readonly isLeaving: boolean;
}

/**
 * The clusters of a plan in its order, without an engine's own API server.
 *
 * @param contexts other contexts for some of the clusters, by name
 * @throws UserMistake when a context is given for a cluster that the plan does not have
 */
export function clustersOfPlan({ steps }: PlanJson, contexts: ReadonlyMap<string, string>): readonly PlanCluster[] {
  const clusters = steps.flatMap((step): readonly PlanCluster[] => {
    if (step.action !== 'preflight' || step.expected === null) return [];
    const { name, kubeContext, uid } = step.target;
    return [{ name, context: contexts.get(name) ?? kubeContext, uid, isLeaving: step.expected.isLeaving }];
  });
  const names = clusters.map(({ name }) => name);
  const unknown = [...contexts.keys()].filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new UserMistake(`the plan has no cluster ${unknown.join(', ')}: its clusters are ${names.join(', ')}`);
  return clusters;
}
