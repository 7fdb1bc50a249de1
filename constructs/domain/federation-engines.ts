/** Who brings federated workloads to the clusters. */
export type EngineName = 'kubefed' | 'plain';

/** What an engine takes over, as data. */
export interface FederationEngine {
  readonly name: EngineName;
  /** Whether it makes the namespaces of its workloads in the clusters; else each cluster's directory does. */
  readonly makesNamespaces: boolean;
  /** Whether it has releases of its own that the declaration must choose from. */
  readonly hasVersions: boolean;
}

/** THE table of engines. `plain` is none: what differs per cluster is rendered into each cluster's directory. */
export const federationEngines: Readonly<Record<EngineName, FederationEngine>> = {
  kubefed: { name: 'kubefed', makesNamespaces: true, hasVersions: true },
  plain: { name: 'plain', makesNamespaces: false, hasVersions: false },
};
