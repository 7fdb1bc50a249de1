import type { Patch } from '../../../domain/json/patch.ts';
import { apiVersionOf } from '../../../domain/kubernetes/kinds.ts';
import { type KubernetesObject, namespaceOf } from '../../../domain/kubernetes/object.ts';
import type { Cluster, Federation, Workload, WorkloadObject } from '../../../model/federation.ts';
import { type FederatedNamespaceSpec, planFile } from '../../../plan/component.ts';
import type { EnginePlan } from '../../../plan/engines/engine.ts';
import {
  causeOf,
  effectiveNamespaces,
  effectiveWorkloads,
  engineNamesOf,
  engineOverridesOf,
  federatedWorkloads,
} from '../../../plan/engines/federated.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces } from '../../../plan/engines/namespaces.ts';
import { makeEffective } from '../domain/effective.ts';
import { type FederatedKind, federatedKindsOf, toFederatedKind } from '../domain/kinds.ts';
import { kubefedReleases } from '../domain/releases.ts';
import { toTemplate } from '../domain/template.ts';
import { type FederatedObjectSpec, federatedNamespaces, federatedObjects, federatedTypes } from './components.ts';
import { kubefedConditions } from './conditions.ts';
import { installationSteps } from './installation-steps.ts';

/** KubeFed: Federated objects on the host. Its controller turns them into objects of the members. */
export const kubefedPlan: EnginePlan = {
  files: (federation) => (cluster) => (cluster.isHost ? hostFiles(federation, cluster) : []),
  apiFiles: () => [],
  steps: installationSteps,
  carriedNamespaces: federatedNamespaces,
  conditions: kubefedConditions,
  effective: (federation) => {
    const namespaces = [...federatedIstioNamespaces(federation), ...federatedWorkloadNamespaces(federation)];
    const namespacesIn = effectiveNamespaces(namespaces, effectiveNamespace);
    const workloadsIn = effectiveWorkloads(federation, effectiveObject);
    return (cluster) => [...namespacesIn(cluster), ...workloadsIn(cluster)];
  },
};

function hostFiles(federation: Federation, host: Cluster) {
  const namespaces = federatedWorkloadNamespaces(federation);
  const kinds = furtherKinds(federation);
  return [
    ...(kinds.length === 0
      ? []
      : [planFile(host, 'federationControlPlane', 'types', 'workloads', federatedTypes(kinds))]),
    ...(namespaces.length === 0
      ? []
      : [planFile(host, 'federation', 'namespaces', 'workloads', federatedNamespaces(namespaces))]),
    ...federatedWorkloads(federation).map((workload) => {
      const objects = objectsOf(federation, workload);
      return planFile(host, 'federation', workload.name, causeOf(workload), federatedObjects(objects));
    }),
  ];
}

// The kinds in use that KubeFed's chart does not enable, in the order of the table.
function furtherKinds(federation: Federation): readonly FederatedKind[] {
  const kinds = kindsOf(federation);
  const used = new Set(
    federatedWorkloads(federation).flatMap(({ objects }) =>
      objects.map(({ object: { apiVersion, kind } }) => `${apiVersion}/${kind}`),
    ),
  );
  return kinds.filter((kind) => !kind.isEnabled && used.has(`${apiVersionOf(kind)}/${kind.kind}`));
}

function kindsOf({ engine: { version }, customKinds }: Federation): readonly FederatedKind[] {
  const release = kubefedReleases[version ?? ''];
  return release === undefined ? [] : [...federatedKindsOf(release), ...customKinds.map(toFederatedKind)];
}

function objectsOf(federation: Federation, { objects }: Workload): readonly FederatedObjectSpec[] {
  const toEngine = engineNamesOf(federation);
  return objects.map((planned) => ({
    object: planned.object,
    placement: [...planned.clusters].map(toEngine),
    overrides: engineOverridesOf(planned, toEngine),
    retainsReplicas: planned.isAutoscaled,
  }));
}

function effectiveNamespace({ name, labels }: FederatedNamespaceSpec, patches: readonly Patch[]): KubernetesObject {
  const identity = { apiVersion: 'v1', kind: 'Namespace', name, namespace: null };
  return makeEffective({ metadata: { labels } }, identity, patches) as KubernetesObject;
}

function effectiveObject({ object }: WorkloadObject, patches: readonly Patch[]): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const identity = { apiVersion, kind, name: metadata.name, namespace: namespaceOf(object) };
  return makeEffective(toTemplate(object), identity, patches) as KubernetesObject;
}
