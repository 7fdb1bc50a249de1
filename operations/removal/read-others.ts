import type { Cluster } from '../clusters/cluster.ts';
import { readRecords } from '../record/read-records.ts';
import type { ClusterRecord } from '../record/record.ts';
import { failUntold } from './place.ts';

/**
 * Reads the records of other federations in a cluster.
 *
 * @throws Failure when one of them cannot be read: then it is unknown what belongs to whom
 */
export async function readOthers(cluster: Cluster, federation: string): Promise<readonly ClusterRecord[]> {
  const answer = await readRecords(cluster, federation);
  if (answer.kind === 'failed') failUntold({ cluster }, 'the record of another federation', answer.reason);
  if (answer.kind === 'absent') return [];
  const [unreadable] = answer.value.unreadable;
  if (unreadable !== undefined) failUntold({ cluster }, `anything of ConfigMap ${unreadable}`, 'it cannot be read');
  return answer.value.others.map(({ record }) => record);
}
