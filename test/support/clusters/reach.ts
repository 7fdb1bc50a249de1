import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import type { RunProgram } from '../../../operations/tools/run-program.ts';
import type { Clock } from '../servers/clock.ts';

/** Servers that a test reaches: those that `makeServers` makes, or a life of them. */
export interface Reachable {
  readonly run: RunProgram;
  readonly clock: Clock;
}

/** Reaches clusters by their contexts, which are also their names. */
export async function reach({ run, clock }: Reachable, ...contexts: readonly string[]): Promise<readonly Cluster[]> {
  const servers = contexts.map((context) => ({
    name: context,
    context,
    uid: null,
    isLeaving: false,
    isMember: true,
  }));
  const reached = await reachClusters(servers, { run, parallel: 8, answerSeconds: 30, sleep: clock.sleep });
  if (reached.kind === 'problems') throw new Error(JSON.stringify(reached.problems));
  return [...reached.clusters.values()];
}

/** Reaches one cluster. */
export async function reachOne(servers: Reachable, context: string): Promise<Cluster> {
  const [cluster] = await reach(servers, context);
  if (cluster === undefined) throw new Error(`there is no context ${context}`);
  return cluster;
}
