import { Failure } from '../clusters/failure.ts';
import type { Problem } from '../clusters/problem.ts';
import { holdLeases, type LeaseOptions, type Leases } from '../lease/hold-leases.ts';
import { prune } from '../prune/prune.ts';
import { secondsSince } from '../tools/seconds-since.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { ClusterSummary } from './events.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { keepRecords, type RecordKeeper, refuseOtherWriter } from './keep-records.ts';
import type { ApplyOptions } from './options.ts';
import { type Prepared, prepare } from './prepare.ts';
import { isPrunedIn } from './pruned-clusters.ts';
import { readAllRecords } from './read-all-records.ts';
import { type PartsResult, runParts } from './run-parts.ts';
import { schedule } from './schedule.ts';
import { summarize } from './summary.ts';

/**
 * Applies an output to its clusters, in the order of its plan, or shows what that would change. Returns the exit code.
 *
 * @throws UserMistake when the output cannot be used, or does not have what is asked for
 */
export async function apply(options: ApplyOptions): Promise<number> {
  const began = performance.now();
  const end: End = (exitCode, { changed = false, untried = 0, unfinished = null } = {}) => {
    options.report({ event: 'ended', exitCode, seconds: secondsSince(began), changed, untried, unfinished });
    return exitCode;
  };
  const planning = await plan(options);
  if (planning.kind === 'problems') {
    options.report({ event: 'refused', problems: planning.problems });
    return end(exitCodes.failed);
  }
  const { prepared, clusters } = planning;
  const { run } = prepared;
  options.report({ event: 'summary', federation: run.output.plan.federation, clusters: [...clusters] });
  if (run.mode !== 'apply') return endReading(await takeParts(prepared, options, null), end);
  if (options.confirm !== null && !(await options.confirm(clusters))) return end(exitCodes.failed);
  if (options.stop.reason() !== null) return end(exitCodes.failed);
  return changeClusters(prepared, options, end);
}

type Planning =
  | { readonly kind: 'ready'; readonly prepared: Prepared; readonly clusters: readonly ClusterSummary[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

// The summary lists what pruning will delete, and asks the clusters about it: they may fail to answer.
async function plan(options: ApplyOptions): Promise<Planning> {
  try {
    const preparation = await prepare(options);
    if (preparation.kind === 'problems') return preparation;
    const { prepared } = preparation;
    const { run } = prepared;
    const clusters = await summarize(run, { ...prepared, isPruned: isPrunedIn(run, options) });
    return { kind: 'ready', prepared, clusters };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { kind: 'problems', problems: [error.problem] };
  }
}

interface Ending {
  readonly changed?: boolean;
  readonly untried?: number;
  readonly unfinished?: PartsResult['unfinished'];
}

function leaseOptions({ holder, stop, parallel, report, now }: ApplyOptions): LeaseOptions {
  const say = (text: string): void => report({ event: 'warning', text });
  return { holder, stop, parallel, say, now };
}

type End = (exitCode: number, ending?: Ending) => number;

function endReading({ failures, differs, untried }: PartsResult, end: End): number {
  if (failures.length > 0) return end(exitCodeOf(failures.map(({ failure }) => failure.kind)), { untried });
  return end(differs || untried > 0 ? exitCodes.differences : exitCodes.done, { untried });
}

async function changeClusters(prepared: Prepared, options: ApplyOptions, end: End): Promise<number> {
  const { run, records } = prepared;
  const { report } = options;
  let leases: Leases | null = null;
  let changed = false;
  const deadline = beginDeadline(options);
  try {
    leases = await holdLeases([...run.clusters.values()], leaseOptions(options));
    const again = await readAllRecords(run.clusters, run.output.plan.federation, options);
    if (again.kind === 'problems') throw new Failure(again.problems[0] ?? { problem: 'no records', fix: '' });
    refuseOtherWriter(records, again.records);
    const keeper = keepRecords(run, records);
    changed = true;
    await keeper.begin();
    const result = await takeParts(prepared, options, keeper);
    const { unfinished } = result;
    if (unfinished !== null) return end(codeOf(result, deadline.isOver()), { changed: true, unfinished });
    await pruneClusters(prepared, options, keeper);
    return end(exitCodes.done, { changed: true });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    report({ event: 'problem', cluster: null, ...error.problem });
    const isLate = error.kind === 'stopped' && deadline.isOver();
    return end(isLate ? exitCodes.timedOut : exitCodeOf([error.kind]), { changed });
  } finally {
    deadline.end();
    await leases?.release();
  }
}

function codeOf({ failures }: PartsResult, isLate: boolean): number {
  if (failures.every(({ failure }) => failure.kind === 'stopped') && isLate) return exitCodes.timedOut;
  return failures.length === 0 ? exitCodes.failed : exitCodeOf(failures.map(({ failure }) => failure.kind));
}

function takeParts(
  { run }: Prepared,
  { canary, report }: ApplyOptions,
  keeper: RecordKeeper | null,
): Promise<PartsResult> {
  const reached = keeper?.reached ?? (async () => {});
  return runParts(schedule(run.steps, canary), { run, report, reached });
}

async function pruneClusters({ run }: Prepared, options: ApplyOptions, keeper: RecordKeeper): Promise<void> {
  const isPruned = isPrunedIn(run, options);
  const clusters = [...run.clusters.values()].filter(({ name }) => isPruned(name));
  await sideBySide(clusters, options.parallel, async (cluster) => {
    const lines: string[] = [];
    await keeper.update(cluster.name, (stored) => prune(run, cluster, stored, (line) => lines.push(line)));
    options.report({ event: 'prune', cluster: cluster.name, lines });
  });
}

function beginDeadline({ deadlineSeconds, stop }: ApplyOptions): {
  readonly isOver: () => boolean;
  readonly end: () => void;
} {
  let isOver = false;
  if (deadlineSeconds === null) return { isOver: () => false, end: () => {} };
  const timer = setTimeout(() => {
    isOver = true;
    stop.request(`${deadlineSeconds} s are over`);
  }, deadlineSeconds * 1000);
  return { isOver: () => isOver, end: () => clearTimeout(timer) };
}
