import type { KubeFedRelease } from './kubefed-releases.ts';

/** A kind that KubeFed's own chart enables. */
export interface FederatedKind {
  readonly kind: string;
  /** API group of the kind; `''` is the core group. */
  readonly group: string;
  readonly isNamespaced: boolean;
}

const row = (kind: string, group: string, isNamespaced = true): FederatedKind => ({
  kind,
  group,
  isNamespaced,
});

/**
 * The kinds KubeFed federates without a further FederatedTypeConfig
 * (kubefed v0.4.1 and v0.10.0 charts/kubefed/templates/federatedtypeconfig.yaml), but Secret, whose content would be plain text
 * in a Federated object, and Namespace, which the plan makes.
 */
export function federatedKindsOf({ ingressGroup }: KubeFedRelease): readonly FederatedKind[] {
  return [
    row('ClusterRole', 'rbac.authorization.k8s.io', false),
    row('ConfigMap', ''),
    row('Deployment', 'apps'),
    row('Ingress', ingressGroup),
    row('Job', 'batch'),
    row('ReplicaSet', 'apps'),
    row('Service', ''),
    row('ServiceAccount', ''),
  ];
}
