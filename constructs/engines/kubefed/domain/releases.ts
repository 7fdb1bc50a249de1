/** A release of KubeFed whose objects we emit and test. */
export interface KubeFedRelease {
  /** Kubernetes minors that it runs on; null is no known end. */
  readonly kubernetesMinors: readonly [first: number, last: number | null];
  /** API group of the Ingress that its chart enables. */
  readonly ingressGroup: 'extensions' | 'networking.k8s.io';
  /**
   * Whether we enable further kinds for it. 0.4.1 has CRDs in apiextensions v1beta1, whose range the values of overrides
   * would have to keep; it is here for the tutorial.
   */
  readonly enablesFurtherKinds: boolean;
  /** Whether the plan can install it. */
  readonly isInstalled: boolean;
}

/** The supported releases by exact version. What they propagate is written in one API, types.kubefed.io/v1beta1. */
export const kubefedReleases: Readonly<Record<string, KubeFedRelease>> = {
  // CRDs and webhooks are v1beta1, gone in Kubernetes 1.22.
  '0.4.1': { kubernetesMinors: [16, 21], ingressGroup: 'extensions', enablesFurtherKinds: false, isInstalled: false },
  // The last one. Its chart enables networking.k8s.io/v1 Ingress, served since 1.19; seen on 1.34.
  '0.10.0': {
    kubernetesMinors: [19, null],
    ingressGroup: 'networking.k8s.io',
    enablesFurtherKinds: true,
    isInstalled: true,
  },
};
