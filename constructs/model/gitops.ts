/** Facts about a GitOps engine, as data. It applies an output from a repository, and keeps the clusters like it. */
export interface GitopsFacts {
  /** Name in a declaration. */
  readonly name: string;
  /** Name as its project spells it. */
  readonly title: string;
  /** The namespace in which it usually runs. */
  readonly namespace: string;
  /** Annotations that keep the engine from deleting an object that has left the repository. */
  readonly keepAnnotations: Readonly<Record<string, string>>;
  /** What is behind the name of a target in the name of the Secret with which the engine reaches it. */
  readonly accessSuffix: string;
  /** Whether it needs such a Secret for the cluster in which it runs, too. */
  readonly needsAccessToItsOwnCluster: boolean;
  /** The keys of `gitops` that only some engines have, and this one has. */
  readonly ownKeys: readonly GitopsOwnKey[];
}

/** A key of `gitops` that is for some engines only. */
export type GitopsOwnKey = 'applicationSet' | 'layout';

/** The titles of the engines that have a key: `Flux`. */
export function titlesWith(key: GitopsOwnKey, engines: readonly GitopsFacts[]): string {
  return engines.flatMap(({ ownKeys, title }) => (ownKeys.includes(key) ? [title] : [])).join(' or ');
}

/** Where a GitOps engine runs: on the host for all clusters, or in each cluster for that one. */
export type GitopsLayout = 'hub' | 'per-cluster';

/** How a GitOps engine finds and applies the output. */
export interface Gitops {
  readonly engine: GitopsFacts;
  /** URL of the repository that holds the output. */
  readonly repository: string;
  /** Whether the repository is of artifacts in a registry, and not of Git. */
  readonly isRegistry: boolean;
  /** Branch, or ref, commit or tag of the repository. */
  readonly revision: string;
  /** Directory of the output in the repository. */
  readonly path: string;
  readonly layout: GitopsLayout;
  /** The namespace in which the engine runs and reads its objects. */
  readonly namespace: string;
  /** Whether one ApplicationSet takes the place of the Applications. */
  readonly hasApplicationSet: boolean;
}
