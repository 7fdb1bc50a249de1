import type { Cluster } from '../environment.ts';
import { kubectl } from '../kubernetes/kubectl.ts';

/** Words for kubectl: the Lease that whoever changes a cluster holds. */
export const leaseWords = ['lease/mesh-federation', '--namespace=kube-system'] as const;

/** Removes the Leases of a run that was killed, as the message of a refused run says. Nobody waits for them then. */
export async function breakLeases(clusters: readonly Cluster[]): Promise<void> {
  await Promise.all(clusters.map((one) => kubectl(one, ['delete', ...leaseWords, '--ignore-not-found'])));
}
