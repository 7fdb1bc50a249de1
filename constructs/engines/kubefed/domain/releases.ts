/** A release of KubeFed for which we emit and test objects. */
export interface KubeFedRelease {
  /** Kubernetes minors that it runs on; null means no known end. */
  readonly kubernetesMinors: readonly [first: number, last: number | null];
  /** API group of the Ingress that its chart enables. */
  readonly ingressGroup: 'extensions' | 'networking.k8s.io';
  /**
   * Whether we enable further kinds for the release. The CRDs of 0.4.1 use apiextensions v1beta1, and the values of
   * overrides would have to stay within its limits; 0.4.1 is supported only for the tutorial.
   */
  readonly enablesFurtherKinds: boolean;
  /** Whether the status of a Federated object names the generation that it is about: since 0.6. */
  readonly namesGenerations: boolean;
  /** Whether the plan can install it. */
  readonly isInstalled: boolean;
}

/** The supported releases by exact version. All of them use one API for propagation, types.kubefed.io/v1beta1. */
export const kubefedReleases: Readonly<Record<string, KubeFedRelease>> = {
  // Its CRDs and webhooks are v1beta1, which Kubernetes 1.22 removed.
  '0.4.1': {
    kubernetesMinors: [16, 21],
    ingressGroup: 'extensions',
    enablesFurtherKinds: false,
    namesGenerations: false,
    isInstalled: false,
  },
  // The last release. Its chart enables networking.k8s.io/v1 Ingress, served since 1.19; seen on 1.34.
  '0.10.0': {
    kubernetesMinors: [19, null],
    ingressGroup: 'networking.k8s.io',
    enablesFurtherKinds: true,
    namesGenerations: true,
    isInstalled: true,
  },
};
