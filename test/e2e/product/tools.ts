import { dirname } from 'node:path';
import { program } from '../build/go.ts';
import type { Cluster, Synthesized } from '../environment.ts';
import { clusterFor, clustersOf } from './output.ts';

/** What a script or a command needs to reach the clusters that stand for those of an output. */
export interface Tools {
  readonly clusters: readonly { readonly name: string; readonly cluster: Cluster }[];
  /** Options that name the context of each cluster. */
  readonly contexts: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The clusters of an output, and the environment in which its programs are found and reach them.
 *
 * @param kubeconfigs files with further contexts
 */
export function toolsFor(output: Synthesized, kubeconfigs: readonly string[] = []): Tools {
  const clusters = clustersOf(output).map((name) => ({ name, cluster: clusterFor(output, name) }));
  const programs = [
    program('kubernetes', 'kubectl'),
    program('istio', 'istioctl'),
    program('helm', 'helm'),
    program('kubefed', 'kubefedctl'),
  ].map((path) => dirname(path));
  return {
    clusters,
    contexts: clusters.flatMap(({ name, cluster }) => ['--context', `${name}=${cluster.context}`]),
    env: {
      // Only for this run: charts of the same name and version may have differed in an earlier run.
      HELM_CACHE_HOME: `${output.directory}-helm`,
      KUBECONFIG: [...new Set([...clusters.map(({ cluster }) => cluster.kubeconfig), ...kubeconfigs])].join(':'),
      PATH: [...new Set(programs), process.env.PATH].join(':'),
    },
  };
}
