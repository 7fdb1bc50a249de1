import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import type { ServedKinds } from '../clusters/served-kinds.ts';
import type { ClusterRecord } from '../record/record.ts';
import type { Tell } from '../run/run.ts';
import type { Stop } from '../tools/stop.ts';

/** A cluster from which something is removed. */
export interface Place extends Bounds {
  readonly cluster: Cluster;
  /** The kinds that it serves now. */
  readonly kinds: ServedKinds;
  /** The records of other federations in it. */
  readonly others: readonly ClusterRecord[];
  readonly tell: Tell;
}

/** Limits of a removal. */
export interface Bounds {
  /** How long to wait for each condition. */
  readonly timeoutSeconds: number;
  readonly pollMilliseconds: number;
  /** How many deletions at a time. */
  readonly parallel: number;
  readonly stop: Stop;
}

/** Ends the work on a cluster that does not say whether something exists: "I do not know" is not "no". */
export function failUntold({ cluster }: Pick<Place, 'cluster'>, what: string, reason: string): never {
  throw new Failure({
    problem: `cannot tell whether ${cluster.name} has ${what}: ${reason}`,
    fix: 'run it again when the cluster answers',
  });
}

/** Begins nothing further when the end is asked for. */
export function refuseAfterStop({ stop }: Pick<Place, 'stop'>): void {
  const reason = stop.reason();
  if (reason !== null) throw new Failure({ problem: reason, fix: 'run the same command to continue' }, 'stopped');
}
