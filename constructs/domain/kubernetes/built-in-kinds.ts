const admission = [
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];
const devices = ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'];

/**
 * THE table of the kinds that Kubernetes itself stores, by the versions in which any of 1.28 to 1.37 serves them, the
 * current version of a kind first. Optional APIs are included.
 */
export const builtInKinds: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'policy/v1': ['PodDisruptionBudget'],
  'admissionregistration.k8s.io/v1': [...admission, 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'admissionregistration.k8s.io/v1beta1': admission,
  'admissionregistration.k8s.io/v1alpha1': admission,
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'certificates.k8s.io/v1': ['CertificateSigningRequest'],
  'certificates.k8s.io/v1beta1': ['ClusterTrustBundle', 'PodCertificateRequest'],
  'certificates.k8s.io/v1alpha1': ['ClusterTrustBundle', 'PodCertificateRequest'],
  'coordination.k8s.io/v1': ['Lease'],
  'coordination.k8s.io/v1beta1': ['LeaseCandidate'],
  'coordination.k8s.io/v1alpha2': ['LeaseCandidate'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'events.k8s.io/v1': ['Event'],
  'flowcontrol.apiserver.k8s.io/v1': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io/v1': ['IPAddress', 'Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR'],
  'networking.k8s.io/v1beta1': ['IPAddress', 'ServiceCIDR'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'resource.k8s.io/v1': devices,
  'resource.k8s.io/v1beta2': devices,
  'resource.k8s.io/v1beta1': devices,
  'resource.k8s.io/v1alpha3': devices,
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': [
    'CSIDriver',
    'CSINode',
    'CSIStorageCapacity',
    'StorageClass',
    'VolumeAttachment',
    'VolumeAttributesClass',
  ],
  'storage.k8s.io/v1beta1': ['VolumeAttributesClass'],
  'storage.k8s.io/v1alpha1': ['VolumeAttributesClass'],
};

/** A version of some kinds that a minor of Kubernetes no longer serves. */
export interface RemovedVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The first minor without it: 22 for 1.22. */
  readonly removedIn: number;
  /** The version to write instead, or null if the kinds are gone. */
  readonly replacement: string | null;
}

const removed = (
  apiVersion: string,
  removedIn: number,
  replacement: string | null,
  ...kinds: readonly string[]
): RemovedVersion => ({ apiVersion, kinds, removedIn, replacement });

const workloads = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'];
const webhooks = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
const roles = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const flows = ['FlowSchema', 'PriorityLevelConfiguration'];
const flowcontrol = 'flowcontrol.apiserver.k8s.io';
const rbac = 'rbac.authorization.k8s.io';

/** THE table of removed versions (kubernetes.io, "Deprecated API Migration Guide"). */
export const removedVersions: readonly RemovedVersion[] = [
  removed('extensions/v1beta1', 16, 'apps/v1', ...workloads),
  removed('apps/v1beta1', 16, 'apps/v1', ...workloads),
  removed('apps/v1beta2', 16, 'apps/v1', ...workloads),
  removed('extensions/v1beta1', 16, 'networking.k8s.io/v1', 'NetworkPolicy'),
  removed('extensions/v1beta1', 16, null, 'PodSecurityPolicy'),
  removed('extensions/v1beta1', 22, 'networking.k8s.io/v1', 'Ingress'),
  removed('networking.k8s.io/v1beta1', 22, 'networking.k8s.io/v1', 'Ingress', 'IngressClass'),
  removed('admissionregistration.k8s.io/v1beta1', 22, 'admissionregistration.k8s.io/v1', ...webhooks),
  removed('apiextensions.k8s.io/v1beta1', 22, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
  removed('apiregistration.k8s.io/v1beta1', 22, 'apiregistration.k8s.io/v1', 'APIService'),
  removed('certificates.k8s.io/v1beta1', 22, 'certificates.k8s.io/v1', 'CertificateSigningRequest'),
  removed('coordination.k8s.io/v1beta1', 22, 'coordination.k8s.io/v1', 'Lease'),
  removed(`${rbac}/v1beta1`, 22, `${rbac}/v1`, ...roles),
  removed(`${rbac}/v1alpha1`, 22, `${rbac}/v1`, ...roles),
  removed('scheduling.k8s.io/v1beta1', 22, 'scheduling.k8s.io/v1', 'PriorityClass'),
  removed(
    'storage.k8s.io/v1beta1',
    22,
    'storage.k8s.io/v1',
    'CSIDriver',
    'CSINode',
    'StorageClass',
    'VolumeAttachment',
  ),
  removed('batch/v1beta1', 25, 'batch/v1', 'CronJob'),
  removed('discovery.k8s.io/v1beta1', 25, 'discovery.k8s.io/v1', 'EndpointSlice'),
  removed('events.k8s.io/v1beta1', 25, 'events.k8s.io/v1', 'Event'),
  removed('autoscaling/v2beta1', 25, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
  removed('policy/v1beta1', 25, 'policy/v1', 'PodDisruptionBudget'),
  removed('policy/v1beta1', 25, null, 'PodSecurityPolicy'),
  removed('node.k8s.io/v1beta1', 25, 'node.k8s.io/v1', 'RuntimeClass'),
  removed(`${flowcontrol}/v1beta1`, 26, `${flowcontrol}/v1`, ...flows),
  removed('autoscaling/v2beta2', 26, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
  removed('storage.k8s.io/v1beta1', 27, 'storage.k8s.io/v1', 'CSIStorageCapacity'),
  removed(`${flowcontrol}/v1beta2`, 29, `${flowcontrol}/v1`, ...flows),
  removed(`${flowcontrol}/v1beta3`, 32, `${flowcontrol}/v1`, ...flows),
];

/** The versions in which a kind is served, the current one first. Empty if Kubernetes has no such kind. */
export function versionsOfKind(kind: string): readonly string[] {
  return Object.keys(builtInKinds).filter((apiVersion) => builtInKinds[apiVersion]?.includes(kind));
}

/** When the version of a kind was removed, or undefined if it never was. */
export function findRemoved(apiVersion: string, kind: string): RemovedVersion | undefined {
  return removedVersions.find((row) => row.apiVersion === apiVersion && row.kinds.includes(kind));
}

/** Kinds by the short names of kubectl. */
export const kindsByShortName: Readonly<Record<string, string>> = {
  cj: 'CronJob',
  cm: 'ConfigMap',
  crd: 'CustomResourceDefinition',
  deploy: 'Deployment',
  ds: 'DaemonSet',
  ep: 'Endpoints',
  hpa: 'HorizontalPodAutoscaler',
  ing: 'Ingress',
  limits: 'LimitRange',
  netpol: 'NetworkPolicy',
  ns: 'Namespace',
  pc: 'PriorityClass',
  pdb: 'PodDisruptionBudget',
  po: 'Pod',
  pv: 'PersistentVolume',
  pvc: 'PersistentVolumeClaim',
  quota: 'ResourceQuota',
  rc: 'ReplicationController',
  rs: 'ReplicaSet',
  sa: 'ServiceAccount',
  sc: 'StorageClass',
  sts: 'StatefulSet',
  svc: 'Service',
};
