/**
 * The conditions that must hold before a next wave begins. `apply`, apply.sh and GitOps engines check them in the clusters.
 */
export const gateNames = [
  'preflight-passed',
  'registration-ready',
  'types-enabled',
  'cacerts-present',
  'propagated',
  'istiod-available',
  'gateway-address-known',
  'injector-available',
  'registry-synced',
  'registry-gone',
  'rolled-out',
  'endpoints-match',
] as const;

/** Name of a gate. */
export type GateName = (typeof gateNames)[number];

/** One row of the order in which a federation is applied. */
export interface Wave {
  /** Number and name; also the directory of its files in every cluster's output. */
  readonly directory: string;
  /**
   * The condition that must hold before the next wave begins. Null means none. A trust backend may waive the condition of
   * the foundation. A gateway for no other network, and the removal of a remote secret, have weaker conditions
   * (`cluster-steps.ts`).
   */
  readonly gate: GateName | null;
}

/**
 * THE order. It is a public contract: with pruning, moving an object to another wave deletes and recreates it. Gaps in
 * the numbers leave room for new waves. A remote's gateway comes after discovery: since Istio 1.24 its pod waits for
 * `istio-ca-root-cert`, which the primary writes once it reads the remote (seen on 1.31).
 */
export const waves = {
  preflight: {
    directory: '00-preflight',
    gate: 'preflight-passed',
  },
  federationControlPlane: {
    directory: '05-federation-control-plane',
    gate: 'types-enabled',
  },
  foundation: {
    directory: '10-foundation',
    gate: 'cacerts-present',
  },
  federatedTrust: {
    directory: '15-federated-trust',
    gate: 'propagated',
  },
  controlPlane: {
    directory: '20-control-plane',
    gate: 'istiod-available',
  },
  gateways: {
    directory: '30-gateways',
    gate: 'gateway-address-known',
  },
  remote: {
    directory: '40-remote',
    gate: 'injector-available',
  },
  discovery: {
    directory: '45-discovery',
    gate: 'registry-synced',
  },
  remoteGateways: {
    directory: '50-remote-gateways',
    gate: 'gateway-address-known',
  },
  federation: {
    directory: '60-federation',
    gate: 'propagated',
  },
  workloads: {
    directory: '70-workloads',
    gate: 'rolled-out',
  },
  traffic: {
    directory: '80-traffic',
    gate: null,
  },
  verify: {
    directory: '90-verify',
    gate: 'endpoints-match',
  },
} as const satisfies Record<string, Wave>;

/** Key of a row in the wave table. */
export type WaveName = keyof typeof waves;
