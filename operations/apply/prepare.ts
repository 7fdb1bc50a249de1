import type { Problem } from '../clusters/problem.ts';
import { reachClusters } from '../clusters/reach-clusters.ts';
import { serversOfPlan } from '../plan/clusters.ts';
import { readOutput } from '../plan/output.ts';
import { cacertsSteps, readCacerts } from '../preflight/cacerts.ts';
import { preflight } from '../preflight/preflight.ts';
import { problemsOfKubectl } from '../preflight/programs.ts';
import type { ClusterRecords } from '../record/record.ts';
import type { Run } from '../run/run.ts';
import { problemsOfAnswering } from './check-answering.ts';
import { type Identity, identityOf, otherThanExpected, unidentified } from './identities.ts';
import type { ApplyOptions } from './options.ts';
import { readAllRecords } from './read-all-records.ts';
import { isChanging, selectSteps } from './select-steps.ts';

/** A run that may begin: its clusters are reached, and every check has passed. */
export interface Prepared {
  readonly run: Run;
  readonly records: ReadonlyMap<string, ClusterRecords>;
  readonly identities: ReadonlyMap<string, Identity>;
}

/** Either a run that may begin, or everything that stands in its way. */
export type Preparation =
  | { readonly kind: 'ready'; readonly prepared: Prepared }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads the output, reaches its clusters, and checks everything that would stop a later step. Changes nothing.
 *
 * @throws UserMistake when the output or the certificates cannot be used, or the plan lacks what is asked for
 */
export async function prepare(options: ApplyOptions): Promise<Preparation> {
  const output = readOutput(options.directory);
  const steps = selectSteps(output.plan.steps, options);
  const planned = serversOfPlan(output.plan, options.contexts);
  const { cacertsDirectory, parallel, answerSeconds, onPrompt } = options;
  const needCacerts = cacertsSteps(steps).map(({ target }) => target.name);
  const cacerts = cacertsDirectory === null ? null : readCacerts(cacertsDirectory, needCacerts);
  options.report({ event: 'checking', clusters: planned.map(({ name }) => name) });
  const ofKubectl = await problemsOfKubectl(options.program);
  if (ofKubectl.length > 0) return { kind: 'problems', problems: ofKubectl };
  const { program, stop, mode } = options;
  const { sleep } = stop;
  const reached = await reachClusters(planned, { run: program, parallel, answerSeconds, onPrompt, sleep });
  const common = { output, steps, mode, settings: { ...options, cacerts }, program, stop };
  if (reached.kind === 'problems') {
    const ofOthers = await problemsOfAnswering(common, reached.answering);
    return { kind: 'problems', problems: [...reached.problems, ...ofOthers] };
  }
  const { clusters } = reached;
  const read = await readAllRecords(clusters, output.plan.federation, options);
  if (read.kind === 'problems') return read;
  const { records } = read;
  const run: Run = { ...common, clusters };
  const checked = await preflight(run, records);
  for (const text of checked.warnings) options.report({ event: 'warning', text });
  const known = { planned, expected: options.expected };
  const identities = new Map([...clusters].map(([name, one]) => [name, identityOf(one, known, records.get(name))]));
  const changed = new Map(
    [...identities].filter(([name]) => steps.some((step) => step.target.name === name && isChanging(step))),
  );
  const asksNobody = options.mode === 'apply' && options.confirm === null;
  const problems = [
    ...checked.problems,
    ...otherThanExpected(clusters, options.expected),
    ...(asksNobody ? unidentified(changed, clusters, records) : []),
  ];
  return problems.length > 0
    ? { kind: 'problems', problems }
    : { kind: 'ready', prepared: { run, records, identities } };
}
