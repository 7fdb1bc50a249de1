import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waves } from '../../../constructs/plan/waves.ts';
import { examples } from '../../support/declarations/examples.ts';
import { synthesize } from '../../support/project.ts';

// Public contract: with pruning, moving a kind to another wave deletes and recreates its objects in every cluster.
test('the waves have this order and these gates', () => {
  expect(Object.values(waves).map(({ directory, gate }) => `${directory} ${gate}`)).toEqual([
    '00-preflight preflight-passed',
    '05-federation-control-plane types-enabled',
    '10-foundation cacerts-present',
    '15-federated-trust propagated',
    '20-control-plane istiod-available',
    '30-gateways gateway-address-known',
    '40-remote injector-available',
    '45-discovery registry-synced',
    '50-remote-gateways gateway-address-known',
    '60-federation propagated',
    '70-workloads rolled-out',
    '80-traffic null',
    '90-verify endpoints-match',
  ]);
});

test('every kind has this wave', () => {
  const root = join(import.meta.dirname, '../../..');
  const rows = ['federation.yaml', ...examples.map((name) => `examples/${name}.yaml`)].flatMap((declaration) =>
    (synthesize(join(root, declaration))['objects.tsv'] ?? '').trimEnd().split('\n').slice(1),
  );
  const kinds = rows.map((row) => row.split('\t')).map(([, wave, group, kind]) => `${wave} ${group} ${kind}`);
  expect([...new Set(kinds)].sort()).toEqual([
    '05-federation-control-plane apiextensions.k8s.io CustomResourceDefinition',
    '05-federation-control-plane core.kubefed.io FederatedTypeConfig',
    '10-foundation - Namespace',
    '10-foundation - Secret',
    '10-foundation - ServiceAccount',
    '10-foundation rbac.authorization.k8s.io ClusterRole',
    '10-foundation rbac.authorization.k8s.io ClusterRoleBinding',
    '15-federated-trust types.kubefed.io FederatedNamespace',
    '20-control-plane sailoperator.io Istio',
    '30-gateways - Service',
    '30-gateways - ServiceAccount',
    '30-gateways apps Deployment',
    '30-gateways autoscaling HorizontalPodAutoscaler',
    '30-gateways networking.istio.io Gateway',
    '30-gateways networking.istio.io VirtualService',
    '30-gateways policy PodDisruptionBudget',
    '30-gateways rbac.authorization.k8s.io Role',
    '30-gateways rbac.authorization.k8s.io RoleBinding',
    '40-remote - Endpoints',
    '40-remote sailoperator.io Istio',
    '50-remote-gateways - Service',
    '50-remote-gateways - ServiceAccount',
    '50-remote-gateways apps Deployment',
    '50-remote-gateways autoscaling HorizontalPodAutoscaler',
    '50-remote-gateways networking.istio.io Gateway',
    '50-remote-gateways policy PodDisruptionBudget',
    '50-remote-gateways rbac.authorization.k8s.io Role',
    '50-remote-gateways rbac.authorization.k8s.io RoleBinding',
    '60-federation - Namespace',
    '60-federation - Service',
    '60-federation apps Deployment',
    '60-federation policy.karmada.io ClusterPropagationPolicy',
    '60-federation policy.karmada.io OverridePolicy',
    '60-federation policy.karmada.io PropagationPolicy',
    '60-federation types.kubefed.io FederatedConfigMap',
    '60-federation types.kubefed.io FederatedCronJob',
    '60-federation types.kubefed.io FederatedDeployment',
    '60-federation types.kubefed.io FederatedHorizontalPodAutoscaler',
    '60-federation types.kubefed.io FederatedIngress',
    '60-federation types.kubefed.io FederatedJob',
    '60-federation types.kubefed.io FederatedNamespace',
    '60-federation types.kubefed.io FederatedNetworkPolicy',
    '60-federation types.kubefed.io FederatedPodDisruptionBudget',
    '60-federation types.kubefed.io FederatedPriorityClass',
    '60-federation types.kubefed.io FederatedPromotion',
    '60-federation types.kubefed.io FederatedRole',
    '60-federation types.kubefed.io FederatedRoleBinding',
    '60-federation types.kubefed.io FederatedService',
    '60-federation types.kubefed.io FederatedServiceAccount',
    '60-federation types.kubefed.io FederatedStatefulSet',
    '70-workloads - Service',
    '70-workloads - ServiceAccount',
    '70-workloads apps Deployment',
    '70-workloads autoscaling HorizontalPodAutoscaler',
    '80-traffic networking.istio.io DestinationRule',
  ]);
});
