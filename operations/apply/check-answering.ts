import type { Cluster } from '../clusters/cluster.ts';
import type { Problem } from '../clusters/problem.ts';
import { checkAnswering } from '../preflight/preflight.ts';
import type { Run } from '../run/run.ts';
import { readAllRecords } from './read-all-records.ts';

/**
 * What stands in the way at the clusters that answer, when others do not: everything that can be known is said at once. An
 * engine may know why a cluster does not answer.
 *
 * @param answering the clusters that answer, and are those of the plan
 */
export async function problemsOfAnswering(
  run: Omit<Run, 'clusters'>,
  answering: ReadonlyMap<string, Cluster>,
): Promise<readonly Problem[]> {
  const { federation } = run.output.plan;
  const { parallel } = run.settings;
  const read = await readAllRecords(answering, federation, { parallel, renamedFrom: null });
  if (read.kind === 'problems') return read.problems;
  const { problems } = await checkAnswering({ ...run, clusters: answering }, read.records);
  return problems;
}
