/** A kind of the API: its names and its scope. */
export interface KubernetesKind {
  readonly kind: string;
  /** `''` is the core group. */
  readonly group: string;
  /** Version in which its objects are created. */
  readonly version: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean;
  /** Whether its objects have a number of replicas. */
  readonly hasReplicas: boolean;
}

/** `apps/v1`, as written in a manifest of the kind. */
export function apiVersionOf({ group, version }: Pick<KubernetesKind, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

const clusterScopedKinds = new Set([
  'APIService',
  'CSIDriver',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

const builtInGroups = new Set(['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy']);

/** The API group of an apiVersion; `''` is the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Whether Kubernetes itself serves a group. We know the scope of the kinds in such a group. */
export function isBuiltInGroup(group: string): boolean {
  return builtInGroups.has(group) || /^[a-z.]+\.k8s\.io$/.test(group);
}

/** Whether objects of a built-in kind live in a namespace. */
export function isNamespaced(kind: string): boolean {
  return !clusterScopedKinds.has(kind);
}
