import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentObject } from '../../api/object.ts';
import { parseManifests } from '../../kubectl/manifests.ts';
import type { ChartCall } from './charts.ts';
import { looseDefinition } from './loose-definition.ts';

const crds = join(import.meta.dirname, '../../../../../crds');
const namespace = 'kube-federation-system';

let types: readonly SentObject[] | null = null;

/** The definitions of KubeFed's chart. */
export function kubefedDefinitions(): readonly SentObject[] {
  types ??= parseManifests(readFileSync(join(crds, 'kubefed-0.10.0.yaml'), 'utf8'));
  const core = 'core.kubefed.io';
  return [
    ...types,
    looseDefinition(core, 'v1alpha1', 'ClusterPropagatedVersion', 'clusterpropagatedversions', false),
    looseDefinition(core, 'v1beta1', 'FederatedTypeConfig', 'federatedtypeconfigs'),
    looseDefinition(core, 'v1beta1', 'KubeFedCluster', 'kubefedclusters'),
    looseDefinition(core, 'v1beta1', 'KubeFedConfig', 'kubefedconfigs'),
    looseDefinition(core, 'v1alpha1', 'PropagatedVersion', 'propagatedversions'),
    looseDefinition('scheduling.kubefed.io', 'v1alpha1', 'ReplicaSchedulingPreference', 'replicaschedulingpreferences'),
  ];
}

const federatedTypes = [
  'clusterroles.rbac.authorization.k8s.io',
  'configmaps',
  'deployments.apps',
  'ingresses.networking.k8s.io',
  'jobs.batch',
  'namespaces',
  'replicasets.apps',
  'secrets',
  'serviceaccounts',
  'services',
];

/** The objects of KubeFed's chart, in the order in which helm prints them. */
export function kubefedChart({ set }: ChartCall): readonly SentObject[] {
  const value = (key: string, otherwise: string): string =>
    set.find((pair) => pair.startsWith(`${key}=`))?.slice(key.length + 1) ?? otherwise;
  const image = (part: string): string =>
    `${value(`controllermanager.${part}.repository`, 'quay.io/kubernetes-multicluster')}/kubefed:${value(`controllermanager.${part}.tag`, 'v0.10.0')}`;
  const rbac = 'rbac.authorization.k8s.io/v1';
  return [
    one('v1', 'ServiceAccount', 'kubefed-controller'),
    one('v1', 'ServiceAccount', 'kubefed-admission-webhook'),
    one('v1', 'Secret', 'kubefed-admission-webhook-serving-cert', {
      type: 'kubernetes.io/tls',
      data: servingCertificate,
    }),
    wide(rbac, 'ClusterRole', 'kubefed-role', { rules: [] }),
    wide(rbac, 'ClusterRoleBinding', 'kubefed-rolebinding', { subjects: [] }),
    one(rbac, 'Role', 'kubefed-config-role', { rules: [] }),
    {
      ...one(rbac, 'RoleBinding', 'kubefed-admission-webhook:apiextension-viewer', { subjects: [] }),
      metadata: { name: 'kubefed-admission-webhook:apiextension-viewer', namespace: 'kube-system' },
    },
    one('v1', 'Service', 'kubefed-admission-webhook', {
      spec: { selector: { 'kubefed-admission-webhook': 'true' }, ports: [{ port: 443, targetPort: 8443 }] },
    }),
    one('apps/v1', 'Deployment', 'kubefed-controller-manager', {
      spec: deployment('kubefed-controller-manager', image('controller')),
    }),
    one('apps/v1', 'Deployment', 'kubefed-admission-webhook', {
      spec: deployment('kubefed-admission-webhook', image('webhook')),
    }),
    wide('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'mutation.core.kubefed.io', {
      webhooks: [],
    }),
    wide('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'validations.core.kubefed.io', {
      webhooks: [],
    }),
    ...federatedTypes.map((name) =>
      wide('core.kubefed.io/v1beta1', 'FederatedTypeConfig', name, { spec: { propagation: 'Enabled' } }),
    ),
    one('core.kubefed.io/v1beta1', 'KubeFedConfig', 'kubefed', { spec: { scope: 'Cluster' } }),
  ];
}

const deployment = (name: string, image: string) => ({
  replicas: 1,
  selector: { matchLabels: { [name]: 'true' } },
  template: { metadata: { labels: { [name]: 'true' } }, spec: { containers: [{ name: 'controller', image }] } },
});

const one = (apiVersion: string, kind: string, name: string, content: object = {}): SentObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...content,
});

// The chart leaves the namespace of these to the release.
const wide = (apiVersion: string, kind: string, name: string, content: object): SentObject => ({
  apiVersion,
  kind,
  metadata: { name },
  ...content,
});

// Texts in place of a certificate and its key.
const servingCertificate = { 'tls.crt': 'Y2VydA==', 'tls.key': 'd2ViaG9vay1rZXk=' };
