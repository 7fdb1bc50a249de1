import { makeEffective } from '../../domain/kubefed-effective.ts';
import { apiVersionOf, type FederatedKind } from '../../domain/kubefed-kinds.ts';
import type { ClusterOverride } from '../../domain/kubefed-overrides.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from '../../model/federation.ts';
import { toTemplate } from '../../model/template.ts';
import { type FederatedNamespaceSpec, type FederatedObjectSpec, planFile } from '../component.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces } from '../namespaces.ts';
import type { Engine } from './engine.ts';
import {
  causeOf,
  effectiveNamespaces,
  effectiveWorkloads,
  engineNamesOf,
  engineOverridesOf,
  federatedWorkloads,
} from './federated.ts';

/** KubeFed: Federated objects on the host, which its controller turns into objects of the members. */
export const kubefed: Engine = {
  files: (federation) => (cluster) => (cluster.isHost ? hostFiles(federation, cluster) : []),
  apiFiles: () => [],
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
      : [planFile(host, 'federationControlPlane', 'types', 'workloads', { kind: 'federatedTypes', kinds })]),
    ...(namespaces.length === 0
      ? []
      : [planFile(host, 'federation', 'namespaces', 'workloads', { kind: 'federatedNamespaces', namespaces })]),
    ...federatedWorkloads(federation).map((workload) => {
      const objects = federatedObjects(federation, workload);
      return planFile(host, 'federation', workload.name, causeOf(workload), { kind: 'federatedWorkload', objects });
    }),
  ];
}

// The kinds in use that KubeFed's chart does not enable, in the order of the table.
function furtherKinds(federation: Federation): readonly FederatedKind[] {
  const { kinds } = federation.engine;
  const used = new Set(
    federatedWorkloads(federation).flatMap(({ objects }) =>
      objects.map(({ object: { apiVersion, kind } }) => `${apiVersion}/${kind}`),
    ),
  );
  return kinds.filter((kind) => !kind.isEnabled && used.has(`${apiVersionOf(kind)}/${kind.kind}`));
}

function federatedObjects(federation: Federation, { objects }: Workload): readonly FederatedObjectSpec[] {
  const toEngine = engineNamesOf(federation);
  return objects.map((planned) => ({
    object: planned.object,
    placement: [...planned.clusters].map(toEngine),
    overrides: engineOverridesOf(planned, toEngine),
    retainsReplicas: planned.isAutoscaled,
  }));
}

function effectiveNamespace(
  { name, labels }: FederatedNamespaceSpec,
  patches: readonly ClusterOverride[],
): KubernetesObject {
  const identity = { apiVersion: 'v1', kind: 'Namespace', name, namespace: null };
  return makeEffective({ metadata: { labels } }, identity, patches) as KubernetesObject;
}

function effectiveObject({ object }: WorkloadObject, patches: readonly ClusterOverride[]): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : null;
  const identity = { apiVersion, kind, name: metadata.name, namespace };
  return makeEffective(toTemplate(object), identity, patches) as KubernetesObject;
}
