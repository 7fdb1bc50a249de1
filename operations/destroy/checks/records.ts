import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Problem } from '../../clusters/problem.ts';
import type { ClusterRecords } from '../../record/record.ts';

/** The problems of the records in a cluster: a record is not obeyed in part, and not in another cluster than its own. */
export function problemsOfRecords(cluster: Cluster, { own, unreadable }: ClusterRecords): readonly Problem[] {
  const { name, context, uid } = cluster;
  const right = `name the right context: --context ${name}=CONTEXT`;
  const problems = unreadable.map((one) => ({
    problem: `${name}: ConfigMap ${one} of kube-system looks like a record and cannot be read, so it is unknown what belongs to whom`,
    fix: `look at it: kubectl --context ${shellWord(context)} --namespace kube-system get configmaps --selector app.kubernetes.io/managed-by=mesh-federation`,
  }));
  if (own === null) return problems;
  const { record } = own;
  if (record.cluster !== name)
    return [
      ...problems,
      { problem: `${name}: context ${shellWord(context)} is ${record.cluster} of ${record.federation}`, fix: right },
    ];
  const known = record.members.find((member) => member.name === name);
  if (known !== undefined && known.uid !== uid)
    return [
      ...problems,
      { problem: `${name}: its record is about the cluster ${known.uid}, and it is ${uid}`, fix: right },
    ];
  return problems;
}
