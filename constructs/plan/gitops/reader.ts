import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import { type PlannedFile, planFile } from '../component.ts';

/** Name of the account as which the istiod of another cluster reads this one, and of its role. */
export const readerAccount = 'mesh-federation-reader';

/** The Secret into which Kubernetes puts the account's token. */
export const readerSecret = `${readerAccount}-token`;

/** The account for istiods of other clusters, if there are any. Without a GitOps engine, istioctl makes an account. */
export function readerFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  if (federation.gitops === null || !isReadByOthers(federation, cluster)) return [];
  const objects = readerObjects(cluster);
  return [planFile(cluster, 'foundation', 'reader', `clusters.${cluster.name}`, { kind: 'objects', objects })];
}

const isReadByOthers = ({ clusters }: Federation, cluster: Cluster): boolean =>
  clusters.some(({ name, controlPlane }) => name !== cluster.name && controlPlane.kind === 'primary');

// All names are our own: an object of a chart would have two owners.
function readerObjects(cluster: Cluster): readonly KubernetesObject[] {
  const account = { name: readerAccount, namespace: istioNamespace };
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: readerAccount } };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account },
    { ...rbac, kind: 'ClusterRole', rules: rulesFor(cluster) },
    {
      ...rbac,
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: readerAccount },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: readerSecret,
        namespace: istioNamespace,
        annotations: { 'kubernetes.io/service-account.name': readerAccount },
      },
    },
  ];
}

type Rule = Readonly<Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>>;

const read = ['get', 'list', 'watch'];

const rule = (apiGroup: string, resources: readonly string[], verbs: readonly string[] = read): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

/**
 * What an istiod asks another cluster for: the rules of the chart's own reader (1.31.0
 * manifests/charts/istio-control/istio-discovery/templates/reader-clusterrole.yaml) without API groups that no Istio since
 * 1.8 has, and without writing ServiceExports, which only an experimental setting does.
 */
const readRules: readonly Rule[] = [
  {
    apiGroups: ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'],
    resources: ['*'],
    verbs: read,
  },
  rule('', [
    'configmaps',
    'endpoints',
    'namespaces',
    'nodes',
    'pods',
    'replicationcontrollers',
    // Certificates of gateways there.
    'secrets',
    'services',
  ]),
  rule('apiextensions.k8s.io', ['customresourcedefinitions']),
  rule('apps', ['replicasets']),
  rule('authentication.k8s.io', ['tokenreviews'], ['create']),
  rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
  rule('discovery.k8s.io', ['endpointslices']),
  rule('gateway.networking.k8s.io', ['gateways']),
  rule('multicluster.x-k8s.io', ['serviceexports', 'serviceimports']),
];

// The primary writes the root certificate into every namespace of such a remote, and the webhook's trust.
const remoteRules: readonly Rule[] = [
  rule('', ['configmaps'], ['create', 'update']),
  rule('admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], [...read, 'patch', 'update']),
  rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], [...read, 'update']),
];

function rulesFor({ controlPlane }: Cluster): readonly Rule[] {
  return controlPlane.kind === 'remote' ? [...readRules, ...remoteRules] : readRules;
}
