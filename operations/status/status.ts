import { waves } from '../../constructs/plan/waves.ts';
import type { Answer } from '../clusters/answer.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Problem } from '../clusters/problem.ts';
import { reachClusters } from '../clusters/reach-clusters.ts';
import type { Lease } from '../lease/lease-object.ts';
import { readLease } from '../lease/take-lease.ts';
import { serversOfPlan } from '../plan/clusters.ts';
import { type Output, readOutput } from '../plan/output.ts';
import { readRecords } from '../record/read-records.ts';
import type { ClusterRecords } from '../record/record.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { sideBySide } from '../tools/side-by-side.ts';

/** Inputs of `status`. */
export interface StatusOptions {
  readonly directory: string;
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** Whether every object of the output is compared with the clusters. */
  readonly comparesObjects: boolean;
  /** Hears what a credential plugin asks. Null: nobody can answer. */
  readonly onPrompt: ((text: string) => void) | null;
  readonly program: RunProgram;
}

/** The state of a cluster. Texts of servers are not harmless yet. */
export interface ClusterStatus {
  readonly cluster: string;
  readonly uid: string;
  /** Who changes the cluster at the moment, or null. */
  readonly holder: { readonly name: string; readonly since: string | null; readonly renewed: string | null } | null;
  /** The federation as it was applied here. `none`: nothing of it was. */
  readonly applied: 'none' | 'another output' | 'this output';
  /** The last wave of this output whose conditions held; null if there is none. */
  readonly appliedUntil: string | null;
  /** The last wave that this output has here. */
  readonly lastWave: string | null;
  /** Other federations that have a record here. */
  readonly otherFederations: readonly string[];
  /** Directories of the output whose objects differ from the cluster's; null if nobody has compared them. */
  readonly differing: readonly string[] | null;
}

/** The state of all clusters of an output, and what could not be told. */
export interface Status {
  readonly federation: string;
  readonly clusters: readonly ClusterStatus[];
  readonly problems: readonly Problem[];
}

/**
 * Tells, for each cluster of an output, who holds its Lease, how far the output was applied, and what differs. Changes nothing.
 *
 * @throws UserMistake when the output cannot be used
 */
export async function status(options: StatusOptions): Promise<Status> {
  const { parallel, answerSeconds, onPrompt, program: run } = options;
  const output = readOutput(options.directory);
  const { federation } = output.plan;
  const reached = await reachClusters(serversOfPlan(output.plan, options.contexts), {
    run,
    parallel,
    answerSeconds,
    onPrompt,
  });
  if (reached.kind === 'problems') return { federation, clusters: [], problems: reached.problems };
  const found = await sideBySide([...reached.clusters.values()], parallel, (cluster) => look(cluster, output, options));
  return {
    federation,
    clusters: found.map(({ state }) => state),
    problems: found.flatMap(({ problems }) => problems),
  };
}

interface Looked {
  readonly state: ClusterStatus;
  readonly problems: readonly Problem[];
}

async function look(cluster: Cluster, output: Output, { comparesObjects }: StatusOptions): Promise<Looked> {
  const lease = await readLease(cluster);
  const records = await readRecords(cluster, output.plan.federation);
  const differing = comparesObjects ? await compare(cluster, output) : null;
  const state = {
    cluster: cluster.name,
    uid: cluster.uid,
    holder: lease.kind === 'found' ? holderOf(lease.value) : null,
    ...progressOf(records, output, cluster),
    otherFederations: records.kind === 'found' ? records.value.others.map(({ record }) => record.federation) : [],
    differing,
  };
  const untold = [...untoldOf(cluster, 'its Lease', lease), ...untoldOf(cluster, 'its record', records)];
  return { state, problems: untold };
}

function holderOf({ spec }: Lease): ClusterStatus['holder'] {
  return { name: spec.holderIdentity ?? '', since: spec.acquireTime ?? null, renewed: spec.renewTime ?? null };
}

function progressOf(
  records: Answer<ClusterRecords>,
  output: Output,
  { name }: Cluster,
): Pick<ClusterStatus, 'applied' | 'appliedUntil' | 'lastWave'> {
  const record = records.kind === 'found' ? (records.value.own?.record ?? null) : null;
  const isThis = record?.progress?.checksum === output.checksumOf(name);
  const own = output.plan.steps.filter(({ target, action }) => target.name === name && action !== 'verify');
  const last = own.at(-1);
  return {
    applied: record === null ? 'none' : isThis ? 'this output' : 'another output',
    appliedUntil: isThis ? (record?.progress?.wave ?? null) : null,
    lastWave: last === undefined ? null : waves[last.wave].directory,
  };
}

// What cannot be compared differs: its namespace or its kind may be missing.
async function compare(cluster: Cluster, output: Output): Promise<readonly string[]> {
  const paths = output.plan.steps.flatMap((step) =>
    step.action === 'apply' && step.target.name === cluster.name ? step.path : [],
  );
  const answers = await sideBySide(paths, 2, (path) => cluster.changes.diff(output.textOf(path), { force: false }));
  return paths.filter((_, index) => {
    const answer = answers[index];
    return answer?.kind !== 'found' || answer.value !== '';
  });
}

function untoldOf({ name }: Cluster, what: string, answer: Answer<unknown>): readonly Problem[] {
  if (answer.kind !== 'failed') return [];
  return [{ problem: `${name} does not tell ${what}: ${answer.reason}`, fix: 'use a context that may read it' }];
}
