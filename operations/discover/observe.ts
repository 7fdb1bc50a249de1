import { readGatewayAddress } from '../clusters/gateway-address.ts';
import { readKubernetesVersion, readUid } from '../clusters/identity.ts';
import type { Answer, Kubectl } from '../clusters/kubectl.ts';
import { hasRecord } from '../clusters/record.ts';
import { readRootFingerprint } from '../clusters/root-certificate.ts';
import type { PlanCluster } from '../plan/clusters.ts';

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
      readonly reasons: readonly string[];
    };

/** Reads the facts about a cluster, side by side. Changes nothing. */
export async function observe(kubectl: Kubectl, cluster: PlanCluster, federation: string): Promise<Observation> {
  // Alone and first: a credential plugin may ask, and a cluster without an answer has no further facts.
  const uid = await readUid(kubectl);
  if (uid.kind !== 'found') return unknown(cluster, [`does not answer: ${reasonOf(uid)}`]);
  const [version, address, root, record] = await Promise.all([
    readKubernetesVersion(kubectl),
    readGatewayAddress(kubectl),
    readRootFingerprint(kubectl),
    hasRecord(kubectl, federation),
  ]);
  const reasons = [
    ...reasonsOf('its version', version),
    ...reasonsOf('the address of its gateway', address),
    ...reasonsOf('its root certificate', root),
    ...(cluster.isLeaving ? reasonsOf(`whether it holds anything of ${federation}`, record) : []),
  ];
  if (reasons.length > 0) return unknown(cluster, reasons);
  if (version.kind !== 'found') return unknown(cluster, ['does not tell its version']);
  if (cluster.isLeaving && record.kind === 'absent') return { kind: 'left', cluster };
  const facts = {
    uid: uid.value,
    kubernetesVersion: version.value,
    ...(address.kind === 'found' ? { gatewayAddress: address.value } : {}),
    ...(root.kind === 'found' ? { rootFingerprint: root.value } : {}),
  };
  return { kind: 'facts', cluster, facts };
}

function unknown(cluster: PlanCluster, reasons: readonly string[]): Observation {
  return { kind: 'unknown', cluster, reasons };
}

function reasonsOf(what: string, answer: Answer<unknown>): readonly string[] {
  return answer.kind === 'failed' ? [`does not tell ${what}: ${answer.reason}`] : [];
}

function reasonOf(answer: Exclude<Answer<unknown>, { kind: 'found' }>): string {
  return answer.kind === 'failed' ? answer.reason : 'it has no namespace kube-system';
}
