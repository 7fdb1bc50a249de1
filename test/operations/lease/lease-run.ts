import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { holdLeases, type LeaseOptions, type Leases } from '../../../operations/lease/hold-leases.ts';
import type { Lease } from '../../../operations/lease/lease-object.ts';
import { readLease } from '../../../operations/lease/take-lease.ts';
import { makeStop, type Stop } from '../../../operations/tools/stop.ts';
import type { Clock } from '../../support/servers/clock.ts';

/** A run that holds Leases, by a simulated clock. */
export interface LeaseRun {
  readonly options: LeaseOptions;
  readonly stop: Stop;
  readonly said: readonly string[];
  readonly hold: (clusters: readonly Cluster[]) => Promise<Leases>;
}

/** A run of a holder. */
export function leaseRun(holder: string, clock: Clock): LeaseRun {
  const said: string[] = [];
  const stop = { ...makeStop(), sleep: clock.sleep };
  const options = { holder, stop, parallel: 8, now: clock.now, say: (line: string) => void said.push(line) };
  return { options, stop, said, hold: (clusters) => holdLeases(clusters, options) };
}

/** The Lease of a cluster. */
export async function leaseOf(cluster: Cluster): Promise<Lease | null> {
  const answer = await readLease(cluster);
  if (answer.kind === 'failed') throw new Error(answer.reason);
  return answer.kind === 'found' ? answer.value : null;
}

/** A Lease of somebody else, as a cluster holds it. */
export function foreignLease(spec: object): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'mesh-federation', namespace: 'kube-system' },
    spec: { holderIdentity: 'somebody@else', leaseDurationSeconds: 60, ...spec },
  };
}

/** A UID that begins with a letter: UIDs sort as their letters do. */
export const uidOf = (letter: string): string => `${letter.repeat(8)}-0000-4000-8000-000000000000`;
