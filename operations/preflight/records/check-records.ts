import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { comingRecord } from '../../record/coming-record.ts';
import type { ClusterRecords, RecordedMember } from '../../record/record.ts';
import { sizeProblemOf } from '../../record/write-record.ts';
import type { Run } from '../../run/run.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';
import { checkFormerMembers } from './members.ts';
import { checkOtherFederations } from './other-federations.ts';

/** The records of all clusters, by name. */
export type RecordsByCluster = ReadonlyMap<string, ClusterRecords>;

/** What the records in the clusters say against a run: each about its own cluster, and all of them about the federation. */
export function checkRecords(run: Run, records: RecordsByCluster): Findings {
  const members = [...run.clusters.values()].flatMap(({ isMember, name, uid }) => (isMember ? { name, uid } : []));
  return allFindings([
    ...[...run.clusters.values()].map((cluster) => checkOwn(run, cluster, records.get(cluster.name), members)),
    checkOtherFederations(run.output.plan.federation, records),
    checkFormerMembers(run, records),
  ]);
}

function checkOwn(
  { output }: Run,
  cluster: Cluster,
  records: ClusterRecords | undefined,
  members: readonly RecordedMember[],
): Findings {
  const { name, context, isLeaving } = cluster;
  const { federation } = output.plan;
  if (records === undefined)
    return aProblem(
      `cannot tell whether ${name} holds anything of ${federation}`,
      `use a context that may read ConfigMaps of kube-system, in place of ${shellWord(context)}`,
    );
  const { own, unreadable } = records;
  if (unreadable.length > 0) return allFindings(unreadable.map((configMap) => notReadable(cluster, configMap)));
  if (own === null && isLeaving)
    return aProblem(
      `${name} is leaving and holds nothing of ${federation} any more: it has left, and this run would install Istio there again`,
      'delete its block from the declaration',
    );
  const size = sizeProblemOf(comingRecord(own?.record ?? null, output, name, members));
  return size === null ? noFindings : { problems: [size], warnings: [] };
}

function notReadable({ name, context }: Cluster, configMap: string): Findings {
  return aProblem(
    `${name}: ConfigMap ${configMap} of kube-system looks like a record and cannot be read, so it is unknown what belongs to whom`,
    `look at it: kubectl --context=${shellWord(context)} --namespace=kube-system get configmaps --selector=app.kubernetes.io/managed-by=mesh-federation --output=yaml`,
  );
}
