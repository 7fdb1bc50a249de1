import type { Step } from '../../constructs/plan/steps/step.ts';
import { Failure } from '../clusters/failure.ts';
import { holdGates } from '../gates/hold-gates.ts';
import type { Run } from '../run/run.ts';
import { takeSteps } from '../steps/take-steps.ts';
import { secondsSince } from '../tools/seconds-since.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { Report } from './events.ts';
import type { ClusterWork, Part, StepGroup } from './schedule.ts';

/** What the parts of a run have come to. */
export interface PartsResult {
  readonly failures: readonly ClusterFailure[];
  /** The wave that was not finished, from which a further run goes on, and where; null if all were. */
  readonly unfinished: { readonly wave: string; readonly clusters: readonly string[] } | null;
  /** Whether the servers would change something, in a run that changes nothing. */
  readonly differs: boolean;
  /** Steps that could not be tried before earlier ones are taken. */
  readonly untried: number;
}

/** A failure, and the cluster in which it came. */
export interface ClusterFailure {
  readonly cluster: string;
  readonly failure: Failure;
}

/** What the parts need besides the run. */
export interface PartsInputs {
  readonly run: Run;
  readonly report: Report;
  /** Called when every step of a wave in a cluster is done, gates included. */
  readonly reached: (cluster: string, wave: string) => Promise<void>;
}

/**
 * Runs parts one after the other, and the clusters of a part side by side. After a failure, or when the end is asked for,
 * running steps finish and nothing further begins.
 */
export async function runParts(parts: readonly Part[], inputs: PartsInputs): Promise<PartsResult> {
  const state: State = { failures: [], differs: false, untried: 0 };
  const mayGoOn = (): boolean => state.failures.length === 0 && inputs.run.stop.reason() === null;
  for (const part of parts) {
    const clusters = part.work.map(({ cluster }) => cluster);
    if (!mayGoOn()) return { ...state, unfinished: { wave: part.wave, clusters } };
    inputs.report({ event: 'wave', wave: part.wave, clusters });
    const areDone = await sideBySide(part.work, inputs.run.settings.parallel, (work) =>
      runWork(work, { ...inputs, wave: part.wave, state, mayGoOn }),
    );
    const left = clusters.filter((_, index) => areDone[index] === false);
    if (left.length > 0) return { ...state, unfinished: { wave: part.wave, clusters: left } };
  }
  return { ...state, unfinished: null };
}

interface State {
  readonly failures: ClusterFailure[];
  differs: boolean;
  untried: number;
}

interface WorkInputs extends PartsInputs {
  readonly wave: string;
  readonly state: State;
  readonly mayGoOn: () => boolean;
}

async function runWork({ cluster, groups }: ClusterWork, inputs: WorkInputs): Promise<boolean> {
  const { run, state } = inputs;
  try {
    for (const group of groups) {
      if (!inputs.mayGoOn()) return false;
      await runGroup(group, inputs);
    }
    if (run.mode === 'apply') await inputs.reached(cluster, inputs.wave);
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    state.failures.push({ cluster, failure: error });
    inputs.report({ event: 'problem', cluster, ...error.problem });
    return false;
  }
}

async function runGroup(group: StepGroup, { run, report, wave, state }: WorkInputs): Promise<void> {
  const [step] = group;
  const common = { wave, cluster: step.target.name, action: step.action };
  const lines: string[] = [];
  const began = performance.now();
  const ended = (isDone: boolean): void =>
    report({ event: 'step-ended', ...common, isDone, seconds: secondsSince(began), lines });
  report({ event: 'step', ...common, path: pathOf(step) });
  try {
    const taken = await takeSteps(run, group, (line) => lines.push(line));
    if (taken.differences !== '') {
      state.differs = true;
      report({ event: 'difference', cluster: step.target.name, text: taken.differences });
    }
    state.untried += taken.untried;
    if (run.mode === 'apply') await holdGates(run, group, (line) => lines.push(line));
  } catch (error) {
    ended(false);
    throw error;
  }
  ended(true);
}

function pathOf(step: Step): string | null {
  return 'path' in step ? step.path : null;
}
