import { shellWord } from '../../constructs/delivery/shell-word.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Problem } from '../clusters/problem.ts';
import type { PlanCluster } from '../plan/clusters.ts';
import type { ClusterRecords } from '../record/record.ts';
import type { ClusterSummary } from './events.ts';

/** What says that a cluster is the one which the plan means. */
export type Identity = ClusterSummary['identity'];

/** What is known about the identity of clusters before they are reached. */
export interface KnownIdentities {
  /** The clusters of the plan, with the UIDs of the lock. */
  readonly planned: readonly PlanCluster[];
  /** UIDs that the user has named, by cluster. */
  readonly expected: ReadonlyMap<string, string>;
}

/**
 * What says that a reached cluster is the right one: the lock, the user, or its own record, which the preflight compares with
 * the plan. At a first apply without a lock nothing does: contexts may have been exchanged.
 */
export function identityOf(
  { name }: Cluster,
  { planned, expected }: KnownIdentities,
  records: ClusterRecords | undefined,
): Identity {
  if (expected.has(name)) return 'expected';
  if (planned.some((one) => one.name === name && one.uid !== null)) return 'lock';
  return clusterNamedBy(records) === name ? 'record' : 'unknown';
}

// Null if there is no record, or one that names no cluster.
function clusterNamedBy(records: ClusterRecords | undefined): string | null {
  const own = records?.own ?? null;
  return own?.namesCluster === true ? own.record.cluster : null;
}

/** A problem for each cluster that is not the one which the user has named. */
export function otherThanExpected(
  clusters: ReadonlyMap<string, Cluster>,
  expected: ReadonlyMap<string, string>,
): readonly Problem[] {
  return [...expected].flatMap(([name, uid]): readonly Problem[] => {
    const cluster = clusters.get(name);
    if (cluster === undefined || cluster.uid === uid) return [];
    return [
      {
        problem: `${name}: context ${shellWord(cluster.context)} is the cluster ${cluster.uid}, expected ${uid}`,
        fix: `name the right context: --context ${name}=CONTEXT`,
      },
    ];
  });
}

/**
 * A problem for the clusters that nothing identifies, in a run that asks nobody. Not for one whose record names another cluster
 * of the plan: the preflight refuses it, and nobody should expect it.
 */
export function unidentified(
  identities: ReadonlyMap<string, Identity>,
  clusters: ReadonlyMap<string, Cluster>,
  records: ReadonlyMap<string, ClusterRecords>,
): readonly Problem[] {
  const isExchanged = (name: string): boolean => clusters.has(clusterNamedBy(records.get(name)) ?? '');
  const unknown = [...identities].flatMap(([name, identity]) =>
    identity === 'unknown' && !isExchanged(name) ? name : [],
  );
  if (unknown.length === 0) return [];
  const words = unknown.map((name) => `--expect ${name}=${clusters.get(name)?.uid}`);
  return [
    {
      problem: `nothing says that the contexts of ${unknown.join(', ')} lead to the right clusters: there is no lock and no record yet, and --yes asks nobody`,
      fix: `record the clusters with mesh-federation discover, or look whether these are the right ones and add ${words.join(' ')}`,
    },
  ];
}
