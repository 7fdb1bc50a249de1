import type { FailureKind } from '../clusters/failure.ts';

/** Exit codes of the commands that change clusters. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  differences: 3,
  timedOut: 4,
  locked: 5,
} as const;

/** The exit code of a run that ends with failures. A failure weighs more than a condition that has not come true in time. */
export function exitCodeOf(kinds: readonly FailureKind[]): number {
  if (kinds.includes('failed')) return exitCodes.failed;
  if (kinds.includes('locked')) return exitCodes.locked;
  if (kinds.includes('timed-out')) return exitCodes.timedOut;
  return kinds.length === 0 ? exitCodes.done : exitCodes.failed;
}
