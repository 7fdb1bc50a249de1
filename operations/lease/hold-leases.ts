import type { Cluster } from '../clusters/cluster.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { Stop } from '../tools/stop.ts';
import { renewLeases } from './renew-leases.ts';
import { type HeldLease, seeLease, takeLease } from './take-lease.ts';

/** How Leases are taken and held. */
export interface LeaseOptions {
  /** Who holds them, as others read it. */
  readonly holder: string;
  readonly stop: Stop;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** Hears of waiting. */
  readonly say: (line: string) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** The Leases of a run. */
export interface Leases {
  /** The cluster whose Lease was lost, or null. */
  readonly lost: () => string | null;
  /** Gives all of them back. */
  readonly release: () => Promise<void>;
}

/**
 * Takes the Lease of each cluster, in the order of their UIDs, so that two runs never wait for each other; and renews them
 * until they are released. All are looked at first: the holders of a run that was killed are waited for at the same time. If
 * one is lost, no further step begins.
 *
 * @throws Failure `locked` when somebody else works on a cluster; then this run holds none
 */
export async function holdLeases(clusters: readonly Cluster[], options: LeaseOptions): Promise<Leases> {
  const seen = await sideBySide(inOrder(clusters), options.parallel, (cluster) => seeLease(cluster, options));
  const held: HeldLease[] = [];
  const lost = new Set<HeldLease>();
  const lose = (lease: HeldLease, why: string): void => {
    lost.add(lease);
    options.stop.request(`the Lease of ${lease.cluster.name} is lost: ${why}`);
  };
  const renewals = renewLeases(held, { ...options, lose });
  const release = async (): Promise<void> => {
    await renewals.end();
    const ours = held.filter((lease) => !lost.has(lease));
    await sideBySide(ours, options.parallel, giveBack);
  };
  try {
    for (const one of seen) held.push(await takeLease(one, options));
  } catch (error) {
    await release();
    throw error;
  }
  return { lost: () => [...lost][0]?.cluster.name ?? null, release };
}

const inOrder = (clusters: readonly Cluster[]): readonly Cluster[] =>
  [...clusters].sort((a, b) => (a.uid < b.uid ? -1 : 1));

// Not the one of somebody who has taken it over. If it does not go, it ends by itself after a minute.
async function giveBack({ cluster, uid, resourceVersion }: HeldLease): Promise<void> {
  const reference = { group: 'coordination.k8s.io', kind: 'Lease', namespace: 'kube-system', name: 'mesh-federation' };
  await cluster.changes.delete(reference, { uid, resourceVersion });
}
