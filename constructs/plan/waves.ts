/** What must hold before the next wave begins. The scripts and the GitOps engines check it in the clusters. */
export type Gate =
  | 'preflight-passed'
  | 'registration-ready'
  | 'types-enabled'
  | 'cacerts-present'
  | 'propagated'
  | 'istiod-available'
  | 'gateway-address-known'
  | 'injector-available'
  | 'registry-synced'
  | 'registry-gone'
  | 'rolled-out'
  | 'endpoints-match';

/** One row of the order in which a federation is applied. */
export interface Wave {
  /** Number and name; also the directory of its files in every cluster's output. */
  readonly directory: string;
  /** What the files of this wave hold. */
  readonly content: string;
  /** Null: nothing has to be waited for. */
  readonly gate: Gate | null;
}

/**
 * THE order. It is public contract: moving an object to another wave is delete-and-create under prune.
 * Gaps in the numbers leave room. A remote's gateway comes after discovery: since Istio 1.24 its pod waits for
 * `istio-ca-root-cert`, which the primary writes once it reads the remote (seen on 1.31).
 */
export const waves = {
  preflight: {
    directory: '00-preflight',
    content: 'nothing applied: contexts, identities, versions, permissions, capacity',
    gate: 'preflight-passed',
  },
  federationControlPlane: {
    directory: '05-federation-control-plane',
    content: 'the engine and the joins, if asked for; types that the engine or the clusters do not have by default',
    gate: 'types-enabled',
  },
  foundation: {
    directory: '10-foundation',
    content: 'namespaces',
    gate: 'cacerts-present',
  },
  federatedTrust: {
    directory: '15-federated-trust',
    content: 'the federated namespace of Istio, then the federated cacerts',
    gate: 'propagated',
  },
  controlPlane: {
    directory: '20-control-plane',
    content: 'Istio on primaries',
    gate: 'istiod-available',
  },
  gateways: {
    directory: '30-gateways',
    content: 'what the gateways of primaries let through',
    gate: 'gateway-address-known',
  },
  remote: {
    directory: '40-remote',
    content: 'Istio on remotes, pointing at the address of their primary',
    gate: 'injector-available',
  },
  discovery: {
    directory: '45-discovery',
    content: 'remote secrets: which primary reads which cluster, and which one no more',
    gate: 'registry-synced',
  },
  remoteGateways: {
    directory: '50-remote-gateways',
    content: 'what the gateways of remotes let through',
    gate: 'gateway-address-known',
  },
  federation: {
    directory: '60-federation',
    content: 'federated namespaces and workloads',
    gate: 'propagated',
  },
  workloads: {
    directory: '70-workloads',
    content: 'plain objects and test clients',
    gate: 'rolled-out',
  },
  traffic: {
    directory: '80-traffic',
    content: 'configuration of the mesh that belongs to workloads',
    gate: null,
  },
  verify: {
    directory: '90-verify',
    content: 'nothing applied: live endpoints, then counted calls',
    gate: 'endpoints-match',
  },
} as const satisfies Record<string, Wave>;

/** Key of a row in the wave table. */
export type WaveName = keyof typeof waves;
