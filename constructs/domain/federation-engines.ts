/** Who brings federated workloads to the clusters. */
export type EngineName = 'kubefed' | 'karmada' | 'plain';

/** What an engine takes over, as data. */
export interface FederationEngine {
  readonly name: EngineName;
  /** As its project spells it. */
  readonly title: string;
  /** Whether it makes the namespaces of its workloads in the clusters; else each cluster's directory does. */
  readonly makesNamespaces: boolean;
  /** Whether it has releases of its own that the declaration must choose from. */
  readonly hasVersions: boolean;
  /** Whether it has an API server of its own; else the host's is its. */
  readonly hasOwnApi: boolean;
  /** Whether it has to be told of every kind that Kubernetes does not have. */
  readonly needsDefinitions: boolean;
  /** What of a manifest's metadata, beside its name, reaches the clusters; null: all of it. */
  readonly keptMetadata: readonly string[] | null;
  /** Whether it can carry the Secret of the CA to the clusters. */
  readonly carriesTrust: boolean;
  /** What a user does instead of having it installed by the plan; null: the plan can. */
  readonly howToInstall: string | null;
}

/** THE table of engines. `plain` is none: what differs per cluster is rendered into each cluster's directory. */
export const federationEngines: Readonly<Record<EngineName, FederationEngine>> = {
  kubefed: {
    name: 'kubefed',
    title: 'KubeFed',
    makesNamespaces: true,
    hasVersions: true,
    hasOwnApi: false,
    needsDefinitions: true,
    keptMetadata: ['labels'],
    carriesTrust: true,
    howToInstall: null,
  },
  karmada: {
    name: 'karmada',
    title: 'Karmada',
    makesNamespaces: true,
    hasVersions: false,
    hasOwnApi: true,
    needsDefinitions: true,
    keptMetadata: ['labels', 'annotations'],
    carriesTrust: false,
    howToInstall:
      'remove install; install it with karmadactl init, which gives it its own API server, and join with karmadactl: docs/engines.md',
  },
  plain: {
    name: 'plain',
    title: 'no engine',
    makesNamespaces: false,
    hasVersions: false,
    hasOwnApi: false,
    needsDefinitions: false,
    keptMetadata: null,
    carriesTrust: false,
    howToInstall: 'remove install: there is nothing to install',
  },
};

/** Directory of what the API server of an engine's own gets; no cluster may have this name. */
export const federationDirectory = 'federation';
