/** The location of Kubernetes' own schema. The tag is the version that the end-to-end tests run. */
export const kubernetesSource = {
  file: 'schemas/kubernetes.schema.json',
  url: 'https://raw.githubusercontent.com/kubernetes/kubernetes/v1.34.4/api/openapi-spec/swagger.json',
  upstreamSha256: 'd3b0cdc2fda15c753206d25ab459dc7c12df64e2fd652b6809687471ea751c37',
} as const;

/**
 * The kinds that users deploy, by apiVersion. Excluded are kinds that controllers and servers create (Event, Node,
 * Scale), and kinds that other rules refuse: Namespace, and Secret, whose content must not reach a message.
 */
export const keptKinds: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'StorageClass', 'VolumeAttributesClass'],
};

/**
 * Fields that the schema requires although the server fills them in (pkg/apis/rbac/v1 and batch/v1 defaults.go,
 * v1.34.4).
 */
export const defaultedFields: Readonly<Record<string, readonly string[]>> = {
  'rbac.v1.RoleRef': ['apiGroup'],
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': ['status'],
};
