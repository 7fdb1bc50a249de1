import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import { comingRecord } from '../record/coming-record.ts';
import { createdBy, noteCreated } from '../record/created.ts';
import type { ClusterRecord, ClusterRecords, RecordedMember, StoredRecord } from '../record/record.ts';
import { writeRecord } from '../record/write-record.ts';
import type { Run } from '../run/run.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { isChanging, waveOf } from './select-steps.ts';

/** Keeps the records of a run's clusters. Each write is refused if somebody else has written meanwhile. */
export interface RecordKeeper {
  /** Before the first change: writes former and coming objects, so that nothing is forgotten wherever the run ends. */
  readonly begin: () => Promise<void>;
  /** Notes that every step of a wave in a cluster is done. */
  readonly reached: (cluster: string, wave: string) => Promise<void>;
  /** Changes the record of a cluster. */
  readonly update: (cluster: string, change: (stored: StoredRecord) => Promise<ClusterRecord>) => Promise<void>;
}

/** A keeper of the records that were read at the beginning. */
export function keepRecords(run: Run, records: ReadonlyMap<string, ClusterRecords>): RecordKeeper {
  const stored = new Map<string, StoredRecord>();
  const update: RecordKeeper['update'] = async (name, change) => {
    const former = stored.get(name);
    const cluster = run.clusters.get(name);
    if (former === undefined || cluster === undefined) return;
    stored.set(name, await writeRecord(cluster, former, await change(former)));
  };
  return {
    begin: async () => {
      const members = membersOf(run);
      await sideBySide(recordedClusters(run), run.settings.parallel, async (cluster) => {
        const former = records.get(cluster.name)?.own ?? null;
        const coming = comingRecord(former?.record ?? null, run.output, cluster.name, members);
        const candidates = createdBy(run.output, cluster, run.settings.cacerts !== null);
        stored.set(cluster.name, await writeRecord(cluster, former, await noteCreated(cluster, coming, candidates)));
      });
    },
    reached: (name, wave) =>
      update(name, async ({ record }) =>
        countsAsProgress(run, record, wave) ? withProgress(run, record, wave) : record,
      ),
    update,
  };
}

function withProgress({ output }: Run, record: ClusterRecord, wave: string): ClusterRecord {
  return { ...record, progress: { wave, checksum: output.checksumOf(record.cluster) } };
}

// A wave counts when all waves before it are done, too: a run may have begun with a later one.
function countsAsProgress({ output }: Run, { cluster, progress }: ClusterRecord, wave: string): boolean {
  const own = output.plan.steps.filter((step) => step.target.name === cluster && isChanging(step)).map(waveOf);
  const before = own.filter((one) => one < wave).at(-1);
  const reached = progress?.checksum === output.checksumOf(cluster) ? progress.wave : '';
  return reached < wave && (before === undefined || reached >= before);
}

// An engine changes the other clusters, too.
function recordedClusters({ steps, clusters }: Run): readonly Cluster[] {
  const changing = steps.filter(isChanging);
  const isEverywhere = changing.some(({ engine }) => engine !== null);
  return [...clusters.values()].filter(
    ({ name }) => isEverywhere || changing.some(({ target }) => target.name === name),
  );
}

/** The clusters of this plan, for their records. An engine's own API server is not one of them. */
function membersOf({ clusters }: Run): readonly RecordedMember[] {
  return [...clusters.values()].flatMap(({ name, uid, isMember }) => (isMember ? { name, uid } : []));
}

/** Refuses to go on if somebody else has written a record between two readings. */
export function refuseOtherWriter(
  before: ReadonlyMap<string, ClusterRecords>,
  after: ReadonlyMap<string, ClusterRecords>,
): void {
  const changed = [...after].filter(([name, { own }]) => versionsOf(own) !== versionsOf(before.get(name)?.own ?? null));
  if (changed.length === 0) return;
  throw new Failure(
    {
      problem: `somebody else has worked on ${changed.map(([name]) => name).join(', ')} meanwhile; this run has changed nothing`,
      fix: 'run the same command again',
    },
    'locked',
  );
}

function versionsOf(stored: StoredRecord | null): string {
  return JSON.stringify(stored?.parts ?? []);
}
