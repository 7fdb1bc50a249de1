import { join } from 'node:path';
import { program } from '../build/go.ts';
import { inNetwork } from '../machine/network.ts';
import { STATE } from '../machine/paths.ts';
import { run } from '../machine/run.ts';
import type { ClusterRow } from '../tables/clusters.ts';

/** The place of a cluster on this machine: its row, its directory, its network. */
export interface Place {
  readonly row: ClusterRow;
  readonly directory: string;
  readonly kubeconfig: string;
  /** Command prefix that runs a command in the cluster's network. */
  readonly inNetwork: readonly string[];
}

/** The place of a cluster. */
export function placeOf(row: ClusterRow): Place {
  const directory = join(STATE, row.name);
  return { row, directory, kubeconfig: join(directory, 'kubeconfig'), inNetwork: inNetwork(row.name) };
}

/** kubectl as the administrator of one cluster. */
export function kubectl(place: Place, words: readonly string[], input = ''): Promise<string> {
  return run([program('kubernetes', 'kubectl'), `--kubeconfig=${place.kubeconfig}`, ...words], { input });
}
