import type { ProgramResult } from '../../../operations/tools/run-program.ts';
import type { Interruption } from './interruptions.ts';

/** How a call goes, decided before it begins. */
export interface Course {
  /** Simulated milliseconds until it takes effect, and from then until its end. */
  readonly before: number;
  readonly after: number;
  /** Whether it takes effect. */
  readonly isDone: boolean;
  /** What the caller gets in place of the answer; null for the answer. */
  readonly result: ProgramResult | null;
  /** When the machine of the caller stops. Null means that it does not. */
  readonly dies: 'before' | 'after' | null;
  /** What somebody else does before it takes effect. */
  readonly act: () => void;
}

const timedOut: ProgramResult = { kind: 'timed-out' };

/**
 * The course of a call.
 *
 * @param usual milliseconds of a call
 * @param longest milliseconds that this call may take
 */
export function courseOf(interruption: Interruption | undefined, usual: number, longest: number): Course {
  const time = interruption?.kind === 'takes' ? interruption.milliseconds : usual;
  const half = Math.min(time, longest) / 2;
  const ordinary = { before: half, after: half, isDone: true, result: null, dies: null, act: () => {} };
  const course = time > longest ? { ...ordinary, result: timedOut } : ordinary;
  switch (interruption?.kind) {
    case undefined:
      return course;
    case 'takes':
      return { ...course, isDone: interruption.isDone, result: interruption.isDone ? course.result : timedOut };
    case 'dies':
      return { ...course, isDone: interruption.when === 'after', dies: interruption.when };
    case 'comes-after':
      return { ...course, act: interruption.act };
    case 'answers': {
      const { isDone, result } = interruption;
      return { ...course, isDone, result, after: result.kind === 'timed-out' ? longest - half : half };
    }
  }
}
