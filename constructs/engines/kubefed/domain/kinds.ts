import type { KubernetesKind } from '../../../domain/kubernetes/kinds.ts';
import type { KubeFedRelease } from './releases.ts';

/** A kind that KubeFed can federate, in the version that its FederatedTypeConfig names. */
export interface FederatedKind extends KubernetesKind {
  /** Whether KubeFed's own chart enables the kind. Any other kind needs a CRD and a FederatedTypeConfig of ours. */
  readonly isEnabled: boolean;
}

type Traits = Partial<Pick<FederatedKind, 'version' | 'plural' | 'shortNames' | 'isNamespaced' | 'hasReplicas'>>;

const row = (kind: string, group: string, isEnabled: boolean, traits: Traits = {}): FederatedKind => ({
  kind,
  group,
  version: 'v1',
  plural: `${kind.toLowerCase()}s`,
  shortNames: [],
  isNamespaced: true,
  hasReplicas: false,
  isEnabled,
  ...traits,
});

const rbac = 'rbac.authorization.k8s.io';

/**
 * THE table of kinds that workloads may have federated. The enabled ones are those of KubeFed's chart (v0.4.1 and
 * v0.10.0 charts/kubefed/templates/federatedtypeconfig.yaml), except Secret, whose content would be plain text in a
 * Federated object, and Namespace, which the plan creates. The others are Kubernetes' own, with names as in
 * `kubectl api-resources`.
 */
export function federatedKindsOf({ ingressGroup, enablesFurtherKinds }: KubeFedRelease): readonly FederatedKind[] {
  const enabled = [
    row('ClusterRole', rbac, true, { isNamespaced: false }),
    row('ConfigMap', '', true),
    row('Deployment', 'apps', true, { hasReplicas: true }),
    row('Ingress', ingressGroup, true, {
      plural: 'ingresses',
      version: ingressGroup === 'extensions' ? 'v1beta1' : 'v1',
    }),
    row('Job', 'batch', true),
    row('ReplicaSet', 'apps', true, { hasReplicas: true }),
    row('Service', '', true),
    row('ServiceAccount', '', true),
  ];
  return enablesFurtherKinds ? [...enabled, ...further] : enabled;
}

const further: readonly FederatedKind[] = [
  row('ClusterRoleBinding', rbac, false, { isNamespaced: false }),
  row('CronJob', 'batch', false, { shortNames: ['cj'] }),
  row('DaemonSet', 'apps', false, { shortNames: ['ds'] }),
  row('HorizontalPodAutoscaler', 'autoscaling', false, { version: 'v2', shortNames: ['hpa'] }),
  row('LimitRange', '', false, { shortNames: ['limits'] }),
  row('NetworkPolicy', 'networking.k8s.io', false, { plural: 'networkpolicies', shortNames: ['netpol'] }),
  row('PersistentVolumeClaim', '', false, { shortNames: ['pvc'] }),
  row('PodDisruptionBudget', 'policy', false, { shortNames: ['pdb'] }),
  row('PriorityClass', 'scheduling.k8s.io', false, {
    plural: 'priorityclasses',
    shortNames: ['pc'],
    isNamespaced: false,
  }),
  row('ResourceQuota', '', false, { shortNames: ['quota'] }),
  row('Role', rbac, false),
  row('RoleBinding', rbac, false),
  row('StatefulSet', 'apps', false, { shortNames: ['sts'], hasReplicas: true }),
];

/** A kind that a CustomResourceDefinition in the manifests adds. */
export function toFederatedKind(kind: KubernetesKind): FederatedKind {
  return { ...kind, isEnabled: false };
}
