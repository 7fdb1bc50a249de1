import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { type PlanServer, serversOfPlan } from '../plan/clusters.ts';
import type { DestroyOptions } from './options.ts';

/**
 * The API servers that a removal asks: those of the plan, and members that are no longer declared. Such a member may still hold
 * objects; its record says which federation they belong to.
 *
 * @throws UserMistake when a cluster is named that neither the plan nor a context tells
 */
export function chosenServers(
  plan: PlanJson,
  { only, contexts }: Pick<DestroyOptions, 'only' | 'contexts'>,
): readonly PlanServer[] {
  const names = new Set(plan.steps.map(({ target }) => target.name));
  const strangers = new Set(only.filter((name) => !names.has(name)));
  const lost = [...strangers].filter((name) => !contexts.has(name));
  if (lost.length > 0)
    throw new UserMistake(
      `the plan has no cluster ${lost.join(', ')}: a cluster that it no longer names also needs --context CLUSTER=CONTEXT`,
    );
  const ofPlan = new Map([...contexts].filter(([name]) => !strangers.has(name)));
  return [
    ...serversOfPlan(plan, ofPlan),
    ...[...strangers].map((name) => ({
      name,
      context: contexts.get(name) ?? '',
      uid: null,
      isLeaving: true,
      isMember: true,
    })),
  ];
}
