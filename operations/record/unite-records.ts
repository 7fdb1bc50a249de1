import type { ClusterRecord, StoredRecord } from './record.ts';
import { keyOf } from './record-rows.ts';

/**
 * Several records of one cluster as one: the first one, with the objects and commands of the others. Null if one of them is
 * null, or if they are of different clusters.
 */
export function uniteRecords(records: readonly (ClusterRecord | null)[]): ClusterRecord | null {
  const [first, ...others] = records;
  if (!first) return null;
  const objects = new Map(first.objects.map((object) => [keyOf(object), object]));
  const commands = new Map(first.commands.map((command) => [JSON.stringify(command), command]));
  for (const other of others) {
    if (other?.cluster !== first.cluster) return null;
    for (const object of other.objects) if (!objects.has(keyOf(object))) objects.set(keyOf(object), object);
    for (const command of other.commands) commands.set(JSON.stringify(command), command);
  }
  return { ...first, objects: [...objects.values()], commands: [...commands.values()] };
}

/** The record of a federation, united with that of its former name, which a run that was killed has left. */
export function uniteWithFormer(own: StoredRecord, former: StoredRecord): StoredRecord | null {
  const { federation } = own.record;
  const record = uniteRecords([own.record, { ...former.record, federation }]);
  if (record === null) return null;
  const namesCluster = own.namesCluster || former.namesCluster;
  return { record, parts: [...own.parts, ...former.parts], namesCluster };
}
