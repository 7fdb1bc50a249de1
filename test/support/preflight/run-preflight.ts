import { join } from 'node:path';
import type { PreflightStep, Step } from '../../../constructs/plan/steps/step.ts';
import { waves } from '../../../constructs/plan/waves.ts';
import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import { serversOfPlan } from '../../../operations/plan/clusters.ts';
import { type Output, readOutput } from '../../../operations/plan/output.ts';
import type { Findings } from '../../../operations/preflight/findings.ts';
import { preflight } from '../../../operations/preflight/preflight.ts';
import { readRecords } from '../../../operations/record/read-records.ts';
import type { ClusterRecords } from '../../../operations/record/record.ts';
import type { Run, Settings } from '../../../operations/run/run.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import type { Servers } from '../servers/servers.ts';

/** A run whose preflight is tested. */
export interface RunOptions {
  /** Directory of the first wave. @default - the first one */
  readonly from?: string;
  /** The clusters whose steps are taken. @default - all */
  readonly only?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly mode?: Run['mode'];
  /** Other contexts, by cluster. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** What the clusters hold of federations. @default - they are asked */
  readonly records?: (clusters: ReadonlyMap<string, Cluster>) => ReadonlyMap<string, ClusterRecords>;
  /** Changes the steps of the plan. */
  readonly change?: (step: Step) => Step;
  /** @default - that of this repository */
  readonly output?: Output;
}

/** The output of this repository. */
export const distOutput: Output = readOutput(join(import.meta.dirname, '../../../dist'));

const settings: Settings = {
  timeoutSeconds: 300,
  pollMilliseconds: 10,
  parallel: 8,
  forceConflicts: false,
  cacerts: null,
  allowHttpCharts: false,
};

/** Checks servers before a run. */
export async function runPreflight(servers: Servers, options: RunOptions = {}): Promise<Findings> {
  const { change = (step: Step) => step, output: given = distOutput } = options;
  const output = { ...given, plan: { ...given.plan, steps: given.plan.steps.map(change) } };
  const planned = serversOfPlan(output.plan, new Map(Object.entries(options.contexts ?? {})));
  const reached = await reachClusters(planned, { run: servers.run, parallel: 8, answerSeconds: 30 });
  if (reached.kind === 'problems') return { problems: reached.problems, warnings: [] };
  const { clusters } = reached;
  const records = options.records?.(clusters) ?? (await recordsOf(clusters, output.plan.federation));
  const run = {
    output,
    steps: output.plan.steps.filter(isTaken(options)),
    clusters,
    mode: options.mode ?? 'apply',
    settings: { ...settings, ...options.settings },
    program: servers.run,
    stop: makeStop(),
  };
  return preflight(run, records);
}

const isTaken =
  ({ from = '', only }: RunOptions) =>
  ({ wave, target }: Step): boolean =>
    waves[wave].directory >= from && (only?.includes(target.name) ?? true);

async function recordsOf(
  clusters: ReadonlyMap<string, Cluster>,
  federation: string,
): Promise<ReadonlyMap<string, ClusterRecords>> {
  const records = new Map<string, ClusterRecords>();
  for (const [name, cluster] of clusters) {
    const answer = await readRecords(cluster, federation);
    if (answer.kind === 'found') records.set(name, answer.value);
  }
  return records;
}

/** Changes what a plan expects of a cluster. */
export function expecting(
  cluster: string,
  changes: Partial<NonNullable<PreflightStep['expected']>>,
): (step: Step) => Step {
  return (step) =>
    step.action === 'preflight' && step.target.name === cluster && step.expected !== null
      ? { ...step, expected: { ...step.expected, ...changes } }
      : step;
}
