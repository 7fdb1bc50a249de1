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
 * (kubefed v0.4.1 charts/kubefed/templates/federatedtypeconfig.yaml), but Secret, whose content would be plain text
 * in a Federated object, and Namespace, which the plan makes.
 */
export const federatedKinds: readonly FederatedKind[] = [
  row('ClusterRole', 'rbac.authorization.k8s.io', false),
  row('ConfigMap', ''),
  row('Deployment', 'apps'),
  row('Ingress', 'extensions'),
  row('Job', 'batch'),
  row('ReplicaSet', 'apps'),
  row('Service', ''),
  row('ServiceAccount', ''),
];

/** The row of a kind, or undefined where the engine does not federate it by default. */
export function findFederatedKind(group: string, kind: string): FederatedKind | undefined {
  return federatedKinds.find((row) => row.kind === kind && row.group === group);
}
