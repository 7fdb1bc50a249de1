import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { readAllRecords } from '../apply/read-all-records.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Problem } from '../clusters/problem.ts';
import { reachClusters } from '../clusters/reach-clusters.ts';
import type { PlanServer } from '../plan/clusters.ts';
import { currentCommands } from '../record/coming-record.ts';
import type { ClusterRecord, ClusterRecords, StoredRecord } from '../record/record.ts';
import { writeRecord } from '../record/write-record.ts';
import { openPlace } from '../removal/open-place.ts';
import type { Place } from '../removal/place.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { openLedger } from '../undoing/ledger.ts';
import type { Undoing } from '../undoing/undoing.ts';
import { broughtByEngines } from './brought.ts';
import { problemsOfRecords } from './checks/records.ts';
import { problemsOfRemoval } from './checks/removal.ts';
import { problemsOfTools } from './checks/tools.ts';
import type { DestroyOptions } from './options.ts';

/** A removal that may begin. */
export interface PreparedRemoval {
  readonly undoing: Undoing;
  readonly records: ReadonlyMap<string, ClusterRecords>;
}

/** A removal, or why it must not begin. */
export type Preparation =
  | { readonly kind: 'ready'; readonly prepared: PreparedRemoval }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reaches the clusters, reads their records, and checks everything that would stop a later deletion. Changes nothing. All
 * problems are found at once, as far as one does not hide another.
 */
export async function prepareRemoval(
  plan: PlanJson,
  servers: readonly PlanServer[],
  options: DestroyOptions,
): Promise<Preparation> {
  const { program, parallel, answerSeconds, onPrompt } = options;
  const reached = await reachClusters(servers, {
    run: program,
    parallel,
    answerSeconds,
    onPrompt,
    sleep: options.stop.sleep,
  });
  if (reached.kind === 'problems') return reached;
  const read = await readAllRecords(reached.clusters, plan.federation, { parallel, renamedFrom: null });
  if (read.kind === 'problems') return read;
  const ofRecords = [...reached.clusters.values()].flatMap((cluster) =>
    problemsOfRecords(cluster, read.records.get(cluster.name) ?? none),
  );
  if (ofRecords.length > 0) return { kind: 'problems', problems: ofRecords };
  const undoing = await open(plan, reached.clusters, read.records, options);
  const ofRemoval = await sideBySide([...undoing.places.values()], parallel, (place) =>
    problemsOfRemoval(undoing, place),
  );
  const problems = [...ofRemoval.flat(), ...(await problemsOfTools(undoing))];
  return problems.length > 0
    ? { kind: 'problems', problems }
    : { kind: 'ready', prepared: { undoing, records: read.records } };
}

const none: ClusterRecords = { own: null, others: [], unreadable: [] };

async function open(
  plan: PlanJson,
  clusters: ReadonlyMap<string, Cluster>,
  records: ReadonlyMap<string, ClusterRecords>,
  options: DestroyOptions,
): Promise<Undoing> {
  // Backwards, as everything else.
  const recorded = [...clusters.values()].reverse().flatMap((cluster) => {
    const found = records.get(cluster.name);
    return found?.own ? [{ cluster, own: found.own, others: found.others }] : [];
  });
  const { timeoutSeconds, pollMilliseconds, parallel, stop, program, only } = options;
  const bounds = { timeoutSeconds, pollMilliseconds, parallel, stop, tell: () => {} };
  const places = await sideBySide(recorded, parallel, ({ cluster, others }) =>
    openPlace({ ...bounds, cluster, others: others.map(({ record }) => record) }),
  );
  const stored = new Map(
    recorded.map(({ cluster, own }) => [cluster.name, { ...own, record: withCommands(plan, own.record) }]),
  );
  return {
    plan,
    program,
    brought: broughtByEngines(
      plan,
      [...stored.values()].map(({ record }) => record),
    ),
    withoutToken: new Set(),
    allowHttpCharts: options.allowHttpCharts,
    places: new Map(places.map((place) => [place.cluster.name, place])),
    ledger: openLedger(stored, (name, former, record) => write(clusters, name, former, record)),
    isRemoved: (cluster) => only.length === 0 || only.includes(cluster),
  };
}

// The first version recorded only objects: the plan must say what was installed.
function withCommands(plan: PlanJson, record: ClusterRecord): ClusterRecord {
  const { commands, created, progress, members } = record;
  const isOfFirstVersion = commands.length + created.length + members.length === 0 && progress === null;
  return isOfFirstVersion ? { ...record, commands: currentCommands({ plan }, record.cluster) } : record;
}

function write(
  clusters: ReadonlyMap<string, Cluster>,
  name: string,
  former: StoredRecord,
  record: StoredRecord['record'],
): Promise<StoredRecord> {
  const cluster = clusters.get(name);
  if (cluster === undefined) throw new Error(`cluster ${name} is not reached`);
  return writeRecord(cluster, former, record);
}

/** The clusters that a removal removes: those with a record that are chosen. */
export function removedPlaces({ places, isRemoved }: Undoing): readonly Place[] {
  return [...places.values()].filter(({ cluster }) => isRemoved(cluster.name));
}
