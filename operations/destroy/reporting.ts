import type { Report } from '../apply/events.ts';
import { Failure } from '../clusters/failure.ts';
import type { Tell } from '../run/run.ts';
import { secondsSince } from '../tools/seconds-since.ts';

/** Where the events of a removal go, and why its parts have failed so far. */
export interface Reporting {
  readonly report: Report;
  readonly failures: { readonly cluster: string; readonly failure: Failure }[];
}

/** A part of a removal: a wave in a cluster. */
export interface Part {
  readonly wave: string;
  readonly cluster: string;
}

/** Does a part of a removal. What it tells comes together, when it has ended. */
export async function inStep(
  { report, failures }: Reporting,
  part: Part,
  act: (tell: Tell) => Promise<void>,
): Promise<void> {
  const step = { ...part, action: 'destroy' };
  const began = performance.now();
  const lines: string[] = [];
  const end = (isDone: boolean): void => {
    report({ event: 'step-ended', ...step, isDone, seconds: secondsSince(began), lines });
  };
  report({ event: 'step', ...step, path: null });
  try {
    await act((line) => lines.push(line));
    end(true);
  } catch (error) {
    if (error instanceof Failure) failures.push({ cluster: part.cluster, failure: error });
    end(false);
    throw error;
  }
}
