import { groupBy } from '../../constructs/domain/group-by.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { isChanging, waveOf } from './select-steps.ts';

/** Steps of one wave, one cluster and one action, which are taken as one. */
export type StepGroup = readonly [Step, ...Step[]];

/** The steps of a wave in one cluster: one group after the other. */
export interface ClusterWork {
  readonly cluster: string;
  readonly groups: readonly StepGroup[];
}

/** Clusters that work side by side. All of them end before the next part begins. */
export interface Part {
  /** Directory of the wave. */
  readonly wave: string;
  readonly work: readonly ClusterWork[];
}

/**
 * What is done side by side, and what after what: a wave is a part, or two if it has a canary.
 *
 * @param canary the cluster that goes first in each wave, or null
 */
export function schedule(steps: readonly Step[], canary: string | null): readonly Part[] {
  return [...groupBy(steps.filter(isChanging), waveOf)].flatMap(([wave, own]) => {
    const first = own.filter(({ target }) => target.name === canary);
    const others = own.filter(({ target }) => target.name !== canary);
    return [first, others].filter((some) => some.length > 0).map((some) => ({ wave, work: workOf(some) }));
  });
}

function workOf(steps: readonly Step[]): readonly ClusterWork[] {
  return [...groupBy(steps, ({ target }) => target.name)].map(([cluster, own]) => ({ cluster, groups: groupsOf(own) }));
}

// Neighbours with the same action. A gate of its own asks for a group of its own.
function groupsOf(steps: readonly Step[]): readonly StepGroup[] {
  const groups: [Step, ...Step[]][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && isAlike(last[0], step)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function isAlike(one: Step, other: Step): boolean {
  const sameGate = JSON.stringify(one.gate) === JSON.stringify(other.gate);
  return one.action === other.action && one.engine === other.engine && sameGate && groupedActions.has(one.action);
}

// One call serves several steps of these. Others go one by one.
const groupedActions: ReadonlySet<Step['action']> = new Set(['remote-secret', 'remote-secret-gone', 'join']);
