import { expect, test } from 'vitest';
import { apiVersionOf, groupOf, isBuiltInGroup, isNamespaced } from '../../../../constructs/domain/kubernetes/kinds.ts';

test.each([
  ['v1', ''],
  ['apps/v1', 'apps'],
  ['networking.k8s.io/v1', 'networking.k8s.io'],
])('%s is of group %j', (apiVersion, group) => {
  expect(groupOf(apiVersion)).toBe(group);
  expect(apiVersionOf({ group, version: 'v1' })).toBe(apiVersion);
});

test.each(['', 'apps', 'batch', 'rbac.authorization.k8s.io'])('Kubernetes serves %j itself', (group) => {
  expect(isBuiltInGroup(group)).toBe(true);
});

test.each(['shop.example', 'networking.istio.io', 'k8s.io.example'])('%s is somebody else’s', (group) => {
  expect(isBuiltInGroup(group)).toBe(false);
});

test('the kind shows whether an object has a namespace', () => {
  expect(['Deployment', 'Service', 'Role'].map(isNamespaced)).toEqual([true, true, true]);
  expect(['Namespace', 'ClusterRole', 'PriorityClass'].map(isNamespaced)).toEqual([false, false, false]);
});
