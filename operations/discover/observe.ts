import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { type Answer, anotherForm } from '../clusters/answer.ts';
import { readGatewayAddress } from '../clusters/facts/gateway-address.ts';
import { readKubernetesVersion } from '../clusters/facts/identity.ts';
import { readRootFingerprint } from '../clusters/facts/root-certificate.ts';
import type { Kubectl } from '../clusters/kubectl.ts';
import type { PlanCluster } from '../plan/clusters.ts';
import { readRecords } from '../record/read-records.ts';
import type { ClusterRecords } from '../record/record.ts';

/** The facts about a cluster, as the lock keeps them. */
export interface ClusterFacts {
  readonly uid: string;
  readonly kubernetesVersion: string;
  readonly gatewayAddress?: string;
  readonly rootFingerprint?: string;
}

/** A cluster as it was found. */
export type Observation =
  | { readonly kind: 'facts'; readonly cluster: PlanCluster; readonly facts: ClusterFacts }
  | {
      /** It was leaving, and holds nothing of the federation any more. */
      readonly kind: 'left';
      readonly cluster: PlanCluster;
    }
  | {
      /** It gave no answer, or one that cannot be a fact. */
      readonly kind: 'unknown';
      readonly cluster: PlanCluster;
      readonly reasons: readonly Reason[];
    };

/** A fact that is missing, and how to get it. */
export interface Reason {
  readonly text: string;
  readonly fix: string;
}

/** What is known about a cluster before it is observed. */
export interface Known {
  readonly federation: string;
  /** What it has said when it was asked for its UID. Without an answer it has no further facts. */
  readonly uid: Answer<string>;
}

/** Reads the facts about a cluster, side by side. Changes nothing. */
export async function observe(
  kubectl: Kubectl,
  cluster: PlanCluster,
  { federation, uid }: Known,
): Promise<Observation> {
  if (uid.kind !== 'found') return unknown(cluster, [notReached(cluster, uid)]);
  const [version, address, root, record] = await Promise.all([
    readKubernetesVersion(kubectl),
    readGatewayAddress(kubectl),
    readRootFingerprint(kubectl),
    readRecords({ kubectl, name: cluster.name }, federation),
  ]);
  const reasonsOf = (what: string, answer: Answer<unknown>) => untold(cluster, what, answer);
  const reasons = [
    ...reasonsOf('its version', version.kind === 'absent' ? anotherForm : version),
    ...reasonsOf('the address of its gateway', address),
    ...reasonsOf('its root certificate', root),
    ...(cluster.isLeaving ? reasonsOf(`whether it holds anything of ${federation}`, record) : []),
  ];
  if (reasons.length > 0 || version.kind !== 'found') return unknown(cluster, reasons);
  if (cluster.isLeaving && !holdsAnything(record)) return { kind: 'left', cluster };
  const facts = {
    uid: uid.value,
    kubernetesVersion: version.value,
    ...(address.kind === 'found' ? { gatewayAddress: address.value } : {}),
    ...(root.kind === 'found' ? { rootFingerprint: root.value } : {}),
  };
  return { kind: 'facts', cluster, facts };
}

// An unreadable record is one, too.
function holdsAnything(records: Answer<ClusterRecords>): boolean {
  return records.kind !== 'found' || records.value.own !== null || records.value.unreadable.length > 0;
}

function unknown(cluster: PlanCluster, reasons: readonly Reason[]): Observation {
  return { kind: 'unknown', cluster, reasons };
}

function notReached({ name }: PlanCluster, answer: Exclude<Answer<unknown>, { kind: 'found' }>): Reason {
  const reason = answer.kind === 'failed' ? answer.reason : 'it has no namespace kube-system';
  return {
    text: `does not answer: ${reason}`,
    fix: `correct the kubeconfig, or name another context: --context ${name}=CONTEXT`,
  };
}

function untold({ context }: PlanCluster, what: string, answer: Answer<unknown>): readonly Reason[] {
  if (answer.kind !== 'failed') return [];
  const text = `does not tell ${what}: ${answer.reason}`;
  return [{ text, fix: answer.fix ?? (answer.reason === anotherForm.reason ? fixOfForm : fixOfSilence(context)) }];
}

const fixOfForm = 'look at its answer with kubectl: a proxy, for example, may answer in place of the API server';

function fixOfSilence(context: string): string {
  return `check what the user of context ${shellWord(context)} may read, and raise --request-timeout if it takes too long`;
}
