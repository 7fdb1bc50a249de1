import { describe, expect, test } from 'vitest';
import { declare, findingsOf } from '../../support/mistakes.ts';

const engines = {
  kubefed: '{engine: kubefed, version: 0.10.0}',
  karmada: '{engine: karmada, kubeContext: karmada}',
  plain: '{engine: plain}',
};

function findingsFor(apiVersion: string, kind: string, federation: string, istio = '{version: 1.31.4}') {
  const web = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\n`;
  return findingsOf({ 'federation.yaml': declare({ federation, istio }), 'web.yaml': web });
}

const compared = ', and compare its fields: some have other names there';

describe.each(Object.entries(engines))('with engine: %s', (_, federation) => {
  test.each([
    ['v1', 'Deployment', 'write apiVersion: apps/v1'],
    ['apps/v1', 'Service', 'write apiVersion: v1'],
    ['apps/v2', 'Deployment', 'write apiVersion: apps/v1'],
    ['batch/v1', 'HorizontalPodAutoscaler', 'write apiVersion: autoscaling/v2'],
    ['autoscaling/v3', 'HorizontalPodAutoscaler', 'write apiVersion: autoscaling/v2'],
    ['app/v1', 'Deployment', 'write apiVersion: apps/v1'],
    ['networking/v1', 'Ingress', 'write apiVersion: networking.k8s.io/v1'],
    ['rbac/v1', 'Role', 'write apiVersion: rbac.authorization.k8s.io/v1'],
    ['apps/v1', 'Deploiment', 'did you mean "Deployment" (apiVersion: apps/v1)?'],
    ['apps/v1', 'Daemonset', 'did you mean "DaemonSet" (apiVersion: apps/v1)?'],
    ['apps/v1', 'HPA', 'did you mean "HorizontalPodAutoscaler" (apiVersion: autoscaling/v2)?'],
    ['v1', 'Widget', 'correct the kind or the apiVersion'],
    ['extensions/v1beta1', 'Ingress', `write apiVersion: networking.k8s.io/v1${compared}`],
    ['extensions/v1beta1', 'Deployment', `write apiVersion: apps/v1${compared}`],
    ['apps/v1beta2', 'StatefulSet', `write apiVersion: apps/v1${compared}`],
    ['batch/v1beta1', 'CronJob', `write apiVersion: batch/v1${compared}`],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', `write apiVersion: autoscaling/v2${compared}`],
    ['policy/v1beta1', 'PodDisruptionBudget', `write apiVersion: policy/v1${compared}`],
    ['policy/v1beta1', 'PodSecurityPolicy', 'remove it; Pod Security Admission has taken its place'],
  ])('%s %s: %s', (apiVersion, kind, fix) => {
    const found = findingsFor(apiVersion, kind, federation);
    expect(found.map((one) => [one.rule, one.fix])).toEqual([['manifest-kind-is-served', fix]]);
  });

  test.each([
    ['apps/v1', 'deployment', 'did you mean "Deployment"?'],
    ['v1', 'svc', 'did you mean "Service"?'],
    ['v1', 'configmaps', 'did you mean "ConfigMap"?'],
    ['1', 'Pod', 'write apiVersion: v1'],
    ['apps', 'Deployment', 'write apiVersion: apps/v1'],
    ['Apps/v1', 'Deployment', 'write apiVersion: apps/v1'],
  ])('%s %s is no object: %s', (apiVersion, kind, fix) => {
    const found = findingsFor(apiVersion, kind, federation);
    expect(found.map((one) => [one.rule, one.fix])).toEqual([['manifest-is-a-kubernetes-object', fix]]);
  });
});

test('a version that the Kubernetes of an old Istio serves is fine', () => {
  const found = findingsFor('batch/v1beta1', 'CronJob', engines.plain, '{version: 1.7.2}');
  expect(found.filter(({ rule }) => rule === 'manifest-kind-is-served')).toEqual([]);
});

test.each([
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['resource.k8s.io/v1beta1', 'DeviceTaintRule'],
  ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'],
])('%s %s may exist', (apiVersion, kind) => {
  expect(findingsFor(apiVersion, kind, engines.plain)).toEqual([]);
});

test('a custom kind may have the name of a kind of Kubernetes', () => {
  const web = 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n';
  const declaration = declare({ federation: engines.plain });
  expect(findingsOf({ 'federation.yaml': declaration, 'web.yaml': web })).toEqual([]);
});

test.each([
  ['deployment/web', 'Deployment/web'],
  ['deploy/web', 'Deployment/web'],
  ['deployments.apps/web', 'Deployment/web'],
  ['svc/web', 'Service/web'],
])('an override of %s: did you mean %s', (resource, meant) => {
  const declaration = declare({ workload: `overrides: {member: [{resource: ${resource}, replicas: 2}]}` });
  const web = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n';
  expect(findingsOf({ 'federation.yaml': declaration, 'web.yaml': web }).map(({ fix }) => fix)).toEqual([
    `did you mean "${meant}"?`,
  ]);
});
