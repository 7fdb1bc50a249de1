import type { Problem } from './problem.ts';

/** Why something ended before its time. It decides the exit code. */
export type FailureKind =
  | 'failed'
  /** A condition has not come true in its time. */
  | 'timed-out'
  /** Somebody else works on a cluster. */
  | 'locked'
  /** The user has asked for the end. */
  | 'stopped';

/** Ends the work on a cluster. Its message says everything, so it is printed without a stack. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly problem: Problem;

  /** A `Failure` with the problem and the way to mend it. */
  constructor(problem: Problem, kind: FailureKind = 'failed') {
    super(problem.problem);
    this.name = 'Failure';
    this.kind = kind;
    this.problem = problem;
  }
}
