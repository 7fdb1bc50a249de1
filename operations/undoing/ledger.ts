import type { ObjectReference } from '../clusters/changes.ts';
import type { ClusterRecord, StoredRecord } from '../record/record.ts';
import { keyOf } from '../record/record-rows.ts';

/** The records of a federation while it is removed: each change is in the cluster before the next one begins. */
export interface Ledger {
  readonly recordOf: (cluster: string) => ClusterRecord;
  /** What the cluster holds of the record now. */
  readonly storedOf: (cluster: string) => StoredRecord;
  readonly change: (cluster: string, change: (record: ClusterRecord) => ClusterRecord) => Promise<void>;
}

/** Opens the records of some clusters for changes. `write` stores one in its cluster. */
export function openLedger(
  former: ReadonlyMap<string, StoredRecord>,
  write: (cluster: string, stored: StoredRecord, record: ClusterRecord) => Promise<StoredRecord>,
): Ledger {
  const stored = new Map(former);
  const waiting = new Map<string, Promise<void>>();
  const storedOf = (cluster: string): StoredRecord => {
    const found = stored.get(cluster);
    if (found === undefined) throw new Error(`no record of ${cluster} is open`);
    return found;
  };
  const writeNow = async (cluster: string, change: (record: ClusterRecord) => ClusterRecord): Promise<void> => {
    const now = storedOf(cluster);
    stored.set(cluster, await write(cluster, now, change(now.record)));
  };
  return {
    recordOf: (cluster) => storedOf(cluster).record,
    storedOf,
    // An engine changes the records of other clusters, in which somebody works at the same time.
    change: (cluster, change) => {
      const mine = (waiting.get(cluster) ?? Promise.resolve()).then(() => writeNow(cluster, change));
      waiting.set(
        cluster,
        mine.catch(() => {}),
      );
      return mine;
    },
  };
}

/** Whether the record of a cluster says that an object did not exist before. */
export function isCreated({ created }: ClusterRecord, reference: ObjectReference): boolean {
  const key = keyOf(reference);
  return created.some((one) => keyOf(one) === key);
}

/** A record that no longer says that we created an object. */
export function disowned(record: ClusterRecord, reference: ObjectReference): ClusterRecord {
  const key = keyOf(reference);
  return { ...record, created: record.created.filter((one) => keyOf(one) !== key) };
}
