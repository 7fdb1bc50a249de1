import type { ProgramCall, ProgramResult, RunProgram } from '../../../operations/tools/run-program.ts';
import { describeCall, type ServerCall } from './calls.ts';
import type { Clock } from './clock.ts';
import { courseOf } from './course.ts';
import type { OnCall } from './interruptions.ts';

/** The time from the start of a run until its machine stops. */
export interface Life {
  readonly run: RunProgram;
  /** Resolves when the machine stops. */
  readonly died: Promise<'died'>;
}

/** What a life needs of the servers. */
export interface Surroundings {
  readonly calls: ServerCall[];
  readonly clock: Clock;
  readonly perform: (call: ServerCall) => ProgramResult;
  readonly latencyOf: (index: number) => number;
  readonly missing: readonly string[];
  readonly onCall: OnCall;
}

const never = new Promise<never>(() => {});

/** Begins a life. */
export function beginLife({ calls, clock, perform, latencyOf, missing, onCall }: Surroundings): Life {
  let isOver = false;
  let end: (how: 'died') => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    end = resolve;
  });
  const stop = (): Promise<never> => {
    isOver = true;
    end('died');
    return never;
  };
  const run = async (given: ProgramCall): Promise<ProgramResult> => {
    if (isOver) return never;
    const call = describeCall(given, calls.length, clock.now());
    calls.push(call);
    if (missing.includes(call.program)) return { kind: 'not-started', reason: `spawn ${call.program} ENOENT` };
    const course = courseOf(onCall(call.index, call), latencyOf(call.index), given.timeoutSeconds * 1000);
    await clock.sleep(course.before);
    if (isOver) return never;
    course.act();
    const own: ProgramResult = course.isDone ? perform(call) : { kind: 'timed-out' };
    if (course.dies !== null) return stop();
    await clock.sleep(course.after);
    return isOver ? never : (course.result ?? own);
  };
  return { run, died };
}
