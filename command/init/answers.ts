/** A cluster of the new federation. */
export interface InitCluster {
  readonly name: string;
  /** Context of the kubeconfig, or null where it has the name of the cluster. */
  readonly kubeContext: string | null;
}

/** All that the files of a new repository depend on. */
export interface InitAnswers {
  /** Name of the federation. */
  readonly name: string;
  /** The first one is the host. */
  readonly clusters: readonly InitCluster[];
  readonly topology: string;
  readonly engine: string;
  /** The version or the place of this package for package.json. */
  readonly packageSpec: string;
}

/** Answers of a user who gives none. */
export const defaults = {
  clusters: 'host,member',
  // Every cluster has a control plane of its own: none waits for the address of another one.
  topology: 'multi-primary',
  // Nothing has to run in the clusters first.
  engine: 'plain',
} as const;

/** The clusters of a list that a user types: names with commas in between. */
export function clustersOfList(list: string): readonly InitCluster[] {
  return list.split(',').map((name) => ({ name: name.trim(), kubeContext: null }));
}
