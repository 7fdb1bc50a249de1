import { shellWord } from '../../constructs/delivery/shell-word.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Problem } from '../clusters/problem.ts';
import { readRecords } from '../record/read-records.ts';
import type { ClusterRecords } from '../record/record.ts';
import { uniteWithFormer } from '../record/unite-records.ts';
import { sideBySide } from '../tools/side-by-side.ts';

/** The records of all clusters by name, or a problem for each cluster that does not tell its own. */
export type AllRecords =
  | { readonly kind: 'all'; readonly records: ReadonlyMap<string, ClusterRecords> }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads the records of all clusters.
 *
 * @param renamedFrom a former name of the federation, whose records count as its own; or null
 */
export async function readAllRecords(
  clusters: ReadonlyMap<string, Cluster>,
  federation: string,
  { parallel, renamedFrom }: { readonly parallel: number; readonly renamedFrom: string | null },
): Promise<AllRecords> {
  const answers = await sideBySide([...clusters.values()], parallel, async (cluster) => ({
    cluster,
    answer: await readRecords(cluster, federation),
  }));
  const records = new Map<string, ClusterRecords>();
  const problems: Problem[] = [];
  for (const { cluster, answer } of answers) {
    if (answer.kind === 'found') records.set(cluster.name, adopt(answer.value, federation, renamedFrom));
    else problems.push(untold(cluster, federation, answer.kind === 'failed' ? answer.reason : 'it has none'));
  }
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'all', records };
}

// The record of the former name becomes that of the new one, once it is written.
function adopt(records: ClusterRecords, federation: string, renamedFrom: string | null): ClusterRecords {
  const former = records.others.find(({ record }) => record.federation === renamedFrom);
  if (former === undefined) return records;
  // A run that was killed may have written the one, and not deleted the other.
  const own =
    records.own === null
      ? { ...former, record: { ...former.record, federation } }
      : uniteWithFormer(records.own, former);
  if (own === null) return records;
  return { ...records, own, others: records.others.filter((one) => one !== former) };
}

function untold({ name, context }: Cluster, federation: string, reason: string): Problem {
  return {
    problem: `cannot tell whether ${name} holds anything of ${federation}: ${reason}`,
    fix: `use a context that may read ConfigMaps of kube-system, in place of ${shellWord(context)}`,
  };
}
