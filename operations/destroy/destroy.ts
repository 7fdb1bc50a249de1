import { exitCodeOf, exitCodes } from '../apply/exit-codes.ts';
import { refuseOtherWriter } from '../apply/keep-records.ts';
import { readAllRecords } from '../apply/read-all-records.ts';
import { Failure } from '../clusters/failure.ts';
import type { Problem } from '../clusters/problem.ts';
import { holdLeases } from '../lease/hold-leases.ts';
import { readPlan } from '../plan/read-plan.ts';
import { secondsSince } from '../tools/seconds-since.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { chosenServers } from './chosen-servers.ts';
import { confirmRemoval, refuseOtherName } from './confirm-removal.ts';
import type { DestroyOptions } from './options.ts';
import { type PreparedRemoval, prepareRemoval } from './prepare.ts';
import { removeEverything } from './remove-everything.ts';
import type { Reporting } from './reporting.ts';
import { summarizeRemoval } from './summarize.ts';

/**
 * Removes what was applied in the clusters of an output, the last wave first, as their records list it. Everything is checked,
 * listed and confirmed first. It can be stopped at any time and run again.
 *
 * @returns the exit code
 * @throws UserMistake when the output cannot be read, or lacks what is asked for, or nobody has confirmed
 */
export async function destroy(options: DestroyOptions): Promise<number> {
  const began = performance.now();
  const reporting: Reporting = { report: options.report, failures: [] };
  const end = (exitCode: number, changed: boolean): number => {
    options.report({ event: 'ended', exitCode, seconds: secondsSince(began), changed, untried: 0, unfinished: null });
    return exitCode;
  };
  try {
    const done = await removeOnceConfirmed(options, reporting);
    return done.kind === 'problems' ? end(reportAll(options, done.problems), false) : end(exitCodes.done, done.changed);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const failures = reporting.failures.length > 0 ? reporting.failures : [{ cluster: null, failure: error }];
    for (const { cluster, failure } of failures) options.report({ event: 'problem', cluster, ...failure.problem });
    return end(exitCodeOf(failures.map(({ failure }) => failure.kind)), true);
  }
}

function reportAll({ report }: DestroyOptions, problems: readonly Problem[]): number {
  for (const problem of problems) report({ event: 'problem', cluster: null, ...problem });
  return exitCodes.failed;
}

type Done =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'done'; readonly changed: boolean };

async function removeOnceConfirmed(options: DestroyOptions, reporting: Reporting): Promise<Done> {
  const plan = readPlan(options.directory);
  if (options.typedName !== null) refuseOtherName(plan.federation, options.typedName);
  const servers = chosenServers(plan, options);
  options.report({ event: 'checking', clusters: servers.map(({ name }) => name) });
  const preparation = await prepareRemoval(plan, servers, options);
  if (preparation.kind === 'problems') return preparation;
  const { prepared } = preparation;
  const { undoing } = prepared;
  if (undoing.places.size === 0) {
    options.report({ event: 'warning', text: `nothing of ${plan.federation} is recorded in any cluster` });
    return { kind: 'done', changed: false };
  }
  const uids = new Map(servers.map(({ name, uid }) => [name, uid]));
  const summaries = await sideBySide([...undoing.places.values()], options.parallel, (place) =>
    summarizeRemoval(undoing, place, (uids.get(place.cluster.name) ?? null) === null ? 'record' : 'lock'),
  );
  const clusters = summaries.map(({ summary }) => summary);
  options.report({ event: 'summary', federation: plan.federation, clusters });
  for (const text of summaries.flatMap(({ left }) => left)) options.report({ event: 'warning', text });
  if (options.isDryRun) return { kind: 'done', changed: false };
  await confirmRemoval(plan.federation, clusters, options);
  await removeWithLeases(options, prepared, reporting);
  return { kind: 'done', changed: true };
}

async function removeWithLeases(
  options: DestroyOptions,
  { undoing, records }: PreparedRemoval,
  reporting: Reporting,
): Promise<void> {
  const clusters = new Map([...undoing.places].map(([name, { cluster }]) => [name, cluster]));
  const leases = await holdLeases([...clusters.values()], {
    holder: options.holder,
    stop: options.stop,
    parallel: options.parallel,
    say: (text) => options.report({ event: 'warning', text }),
    now: options.now,
  });
  try {
    // Somebody may have worked on them while the user was reading.
    const again = await readAllRecords(clusters, undoing.plan.federation, { ...options, renamedFrom: null });
    if (again.kind === 'problems') throw new Failure(again.problems[0] ?? untold);
    refuseOtherWriter(records, again.records);
    await removeEverything(undoing, reporting);
  } finally {
    await leases.release();
  }
}

const untold: Problem = { problem: 'a cluster does not tell its record', fix: 'run it again when it answers' };
