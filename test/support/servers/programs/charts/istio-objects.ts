import { isMap, mapAt, type SentObject, textAt, valueAt } from '../../api/object.ts';

const label = 'install.operator.istio.io/owning-resource';
const namespace = 'istio-system';

/** An installation of Istio as its values describe it. */
export interface Installation {
  /** A remote cluster has no istiod of its own. */
  readonly isRemote: boolean;
  readonly clusterName: string;
  /** Where the istiod of a remote cluster is. */
  readonly address: string;
}

/** Reads an IstioOperator, with the values of `--set`. */
export function installationOf(operator: unknown, set: readonly string[]): Installation {
  const global = valueAt(operator, 'spec', 'values', 'global');
  const given = set.map((pair) => pair.split('=')).find(([key]) => key?.endsWith('remotePilotAddress'))?.[1];
  return {
    isRemote: textAt(operator, 'spec', 'profile') === 'remote',
    clusterName: textAt(global, 'multiCluster', 'clusterName') || 'Kubernetes',
    address: given ?? textAt(global, 'remotePilotAddress'),
  };
}

/** What istioctl creates besides the definitions. */
export function istioObjects({ isRemote, clusterName, address }: Installation): readonly SentObject[] {
  const own: SentObject[] = [
    make('v1', 'ServiceAccount', 'istio-reader-service-account'),
    make('v1', 'ServiceAccount', 'istiod'),
    whole('rbac.authorization.k8s.io/v1', 'ClusterRole', 'istio-reader-clusterrole-istio-system', { rules: [] }),
    whole('rbac.authorization.k8s.io/v1', 'ClusterRole', 'istiod-clusterrole-istio-system', { rules: [] }),
    whole(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'istio-reader-clusterrole-istio-system',
      roleOf('istio-reader-clusterrole-istio-system'),
    ),
    whole(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'istiod-clusterrole-istio-system',
      roleOf('istiod-clusterrole-istio-system'),
    ),
    make('v1', 'ConfigMap', 'istio', { data: { mesh: `rootNamespace: ${namespace}\n` } }),
    make('v1', 'ConfigMap', 'istio-sidecar-injector', { data: { config: 'policy: enabled\n' } }),
    whole('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'istio-sidecar-injector', {
      webhooks: [{ name: 'rev.namespace.sidecar-injector.istio.io' }],
    }),
    whole('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'istiod-default-validator', {
      webhooks: [{ name: 'validation.istio.io' }],
    }),
  ];
  const service = {
    ports: [
      { name: 'https-dns', port: 15012 },
      { name: 'https-webhook', port: 443, targetPort: 15017 },
    ],
  };
  if (isRemote)
    return [
      ...own,
      make('v1', 'Service', 'istiod', { spec: service }),
      sliceOf(
        make('discovery.k8s.io/v1', 'EndpointSlice', 'istiod', {
          addressType: 'IPv4',
          endpoints: [{ addresses: [address] }],
          ports: [{ name: 'tcp-istiod', port: 15012 }],
        }),
      ),
    ];
  return [
    ...own,
    make('v1', 'Service', 'istiod', { spec: { ...service, selector: { app: 'istiod', istio: 'pilot' } } }),
    make('apps/v1', 'Deployment', 'istiod', { spec: deploymentOf(clusterName) }),
    make('autoscaling/v2', 'HorizontalPodAutoscaler', 'istiod', { spec: { minReplicas: 1, maxReplicas: 5 } }),
    make('policy/v1', 'PodDisruptionBudget', 'istiod', { spec: { minAvailable: 1 } }),
  ];
}

// Since 1.28 the chart has no Endpoints.
const sliceOf = (slice: SentObject): SentObject => ({
  ...slice,
  metadata: {
    ...slice.metadata,
    labels: { ...mapAt(slice, 'metadata', 'labels'), 'kubernetes.io/service-name': slice.metadata.name },
  },
});

const deploymentOf = (clusterName: string) => ({
  replicas: 1,
  selector: { matchLabels: { istio: 'pilot' } },
  template: {
    metadata: { labels: { app: 'istiod', istio: 'pilot', 'istio.io/rev': 'default' } },
    spec: {
      containers: [
        {
          name: 'discovery',
          image: 'registry.istio.io/release/pilot:1.31.4',
          env: [{ name: 'CLUSTER_ID', value: clusterName }],
        },
      ],
    },
  },
});

const roleOf = (name: string) => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
  subjects: [],
});

function make(apiVersion: string, kind: string, name: string, content: object = {}): SentObject {
  const labels = {
    app: 'istiod',
    [label]: 'installed-state',
    'istio.io/rev': 'default',
    'operator.istio.io/component': 'Pilot',
  };
  return { apiVersion, kind, metadata: { name, namespace, labels }, ...content };
}

function whole(apiVersion: string, kind: string, name: string, content: object): SentObject {
  const { metadata, ...rest } = make(apiVersion, kind, name, content);
  const { namespace: _, ...metadataWithout } = metadata;
  return { ...rest, apiVersion, kind, metadata: { ...metadataWithout, name } };
}

/** Whether an object belongs to an installation of istioctl. */
export function isOfInstallation(object: unknown): boolean {
  const labels = valueAt(object, 'metadata', 'labels');
  return isMap(labels) && labels[label] === 'installed-state';
}
