import { UserMistake } from '../../constructs/model/problems/problem.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { waves } from '../../constructs/plan/waves.ts';

/** Which steps of a plan a run takes. */
export interface Selection {
  /** Directory of the first wave: `40-remote`. Null: the first one of the plan. */
  readonly from: string | null;
  /** Directory of the last wave. Null: the last one of the plan. */
  readonly to: string | null;
  /** The clusters whose steps are taken. Empty: all. */
  readonly only: readonly string[];
  /** The cluster whose steps of a wave come before those of the others. Null: none. */
  readonly canary: string | null;
}

/**
 * The steps that are selected, in the order of the plan.
 *
 * @throws UserMistake when the plan does not have a wave or a cluster that is named
 */
export function selectSteps(steps: readonly Step[], { from, to, only, canary }: Selection): readonly Step[] {
  const directories = [...new Set(steps.map(waveOf))];
  const clusters = [...new Set(steps.map(({ target }) => target.name))];
  const named = [...only, ...(canary === null ? [] : [canary])];
  const unknown = [
    ...[from, to].flatMap((wave) => (wave === null || directories.includes(wave) ? [] : `wave ${wave}`)),
    ...named.flatMap((name) => (clusters.includes(name) ? [] : `cluster ${name}`)),
  ];
  if (unknown.length > 0)
    throw new UserMistake(
      `the plan has no ${unknown.join(', ')}: its waves are ${directories.join(', ')}, its clusters ${clusters.join(', ')}`,
    );
  if (from !== null && to !== null && from > to) throw new UserMistake(`wave ${from} comes after wave ${to}`);
  return steps.filter((step) => {
    const wave = waveOf(step);
    const isInTime = (from === null || wave >= from) && (to === null || wave <= to);
    return isInTime && (only.length === 0 || only.includes(step.target.name));
  });
}

/** Directory of a step's wave: `10-foundation`. */
export function waveOf({ wave }: Step): string {
  return waves[wave].directory;
}

/** Whether a step changes something. The others are checks, which the run makes as a whole. */
export function isChanging({ action }: Step): boolean {
  return action !== 'preflight' && action !== 'verify';
}
