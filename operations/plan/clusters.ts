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

/** An API server of a plan. */
export interface PlanServer extends PlanCluster {
  /** False for an engine's own API server, which is no member of the mesh. */
  readonly isMember: boolean;
}

/**
 * The API servers of a plan in its order.
 *
 * @param contexts other contexts for some of them, by name
 * @throws UserMistake when a context is given for one that the plan does not have
 */
export function serversOfPlan({ steps }: PlanJson, contexts: ReadonlyMap<string, string>): readonly PlanServer[] {
  const servers = steps.flatMap((step): readonly PlanServer[] => {
    if (step.action !== 'preflight') return [];
    const { name, kubeContext, uid } = step.target;
    const context = contexts.get(name) ?? kubeContext;
    return [{ name, context, uid, isLeaving: step.expected?.isLeaving ?? false, isMember: step.expected !== null }];
  });
  const names = servers.map(({ name }) => name);
  const unknown = [...contexts.keys()].filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new UserMistake(`the plan has no cluster ${unknown.join(', ')}: its clusters are ${names.join(', ')}`);
  return servers;
}

/**
 * The clusters of a plan in its order, without an engine's own API server.
 *
 * @param contexts other contexts for some of the servers, by name
 * @throws UserMistake when a context is given for a server that the plan does not have
 */
export function clustersOfPlan(plan: PlanJson, contexts: ReadonlyMap<string, string>): readonly PlanServer[] {
  return serversOfPlan(plan, contexts).filter(({ isMember }) => isMember);
}
