import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import { readUid } from '../../clusters/identity.ts';
import { type Kubectl, kubectlFor } from '../../clusters/kubectl.ts';
import type { PlanCluster } from '../../plan/clusters.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { Problem } from './problem.ts';

/** A cluster of the plan, and the kubectl that asks it. */
export interface Reached extends PlanCluster {
  readonly kubectl: Kubectl;
}

/** Whether all clusters answer and are those of the plan. If not, nothing else may be asked. */
export type Identified =
  | { readonly kind: 'all'; readonly clusters: ReadonlyMap<string, Reached> }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Asks each cluster for its identity. A context may lead to another cluster than the plan means. */
export async function identify(
  clusters: readonly PlanCluster[],
  parallel: number,
  answerSeconds: number,
): Promise<Identified> {
  const reached = clusters.map((cluster) => ({ ...cluster, kubectl: kubectlFor(cluster.context, answerSeconds) }));
  const answers = await sideBySide(reached, parallel, ({ kubectl }) => readUid(kubectl));
  const owners = new Map<string, string>();
  const problems = reached.flatMap((cluster, index): readonly Problem[] => {
    const uid = answers[index];
    if (uid?.kind !== 'found')
      return [notReached(cluster, uid?.kind === 'failed' ? uid.reason : 'it has no namespace kube-system')];
    const owner = owners.get(uid.value);
    owners.set(uid.value, owner ?? cluster.name);
    return [...otherCluster(cluster, uid.value), ...sameCluster(cluster, uid.value, owner)];
  });
  return problems.length > 0
    ? { kind: 'problems', problems }
    : { kind: 'all', clusters: new Map(reached.map((cluster) => [cluster.name, cluster])) };
}

function notReached({ name, context }: PlanCluster, reason: string): Problem {
  return {
    problem: `${name}: context ${shellWord(context)} does not answer: ${reason}`,
    fix: `correct the kubeconfig, or name another context: --context ${name}=CONTEXT`,
  };
}

function otherCluster({ name, context, uid: expected }: PlanCluster, uid: string): readonly Problem[] {
  if (expected === null || expected === uid) return [];
  return [
    {
      problem: `${name}: context ${shellWord(context)} is the cluster ${uid}, expected ${expected}`,
      fix: `name the right context: --context ${name}=CONTEXT`,
    },
  ];
}

function sameCluster({ name }: PlanCluster, uid: string, owner: string | undefined): readonly Problem[] {
  if (owner === undefined) return [];
  return [{ problem: `${name} and ${owner} are one cluster, ${uid}`, fix: 'give each cluster its own context' }];
}
