import type { KubeFedRelease } from './kubefed-releases.ts';

/** A kind that KubeFed's own chart enables. */
export interface FederatedKind {
  readonly kind: string;
  /** API group of the kind; `''` is the core group. */
  readonly group: string;
  /** In which KubeFed makes the objects: the version that its FederatedTypeConfig names. */
  readonly apiVersion: string;
}

const row = (kind: string, group: string, version = 'v1'): FederatedKind => ({
  kind,
  group,
  apiVersion: group === '' ? version : `${group}/${version}`,
});

/**
 * The kinds KubeFed federates without a further FederatedTypeConfig
 * (kubefed v0.4.1 and v0.10.0 charts/kubefed/templates/federatedtypeconfig.yaml), but Secret, whose content would be plain text
 * in a Federated object, and Namespace, which the plan makes.
 */
export function federatedKindsOf({ ingressGroup }: KubeFedRelease): readonly FederatedKind[] {
  return [
    row('ClusterRole', 'rbac.authorization.k8s.io'),
    row('ConfigMap', ''),
    row('Deployment', 'apps'),
    row('Ingress', ingressGroup, ingressGroup === 'extensions' ? 'v1beta1' : 'v1'),
    row('Job', 'batch'),
    row('ReplicaSet', 'apps'),
    row('Service', ''),
    row('ServiceAccount', ''),
  ];
}
