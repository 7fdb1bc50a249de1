import { makeEffective } from '../../domain/kubefed-effective.ts';
import { apiVersionOf, type FederatedKind } from '../../domain/kubefed-kinds.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from '../../model/federation.ts';
import { toTemplate } from '../../model/template.ts';
import { type FederatedNamespaceSpec, type FederatedObjectSpec, planFile } from '../component.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces } from '../namespaces.ts';
import type { EffectiveFile, Engine } from './engine.ts';
import { causeOf, engineNamesOf, engineOverridesOf, federatedWorkloads, patchesIn } from './federated.ts';

/** KubeFed: Federated objects on the host, which its controller turns into objects of the members. */
export const kubefed: Engine = {
  files: (federation, cluster) => (cluster.isHost ? hostFiles(federation, cluster) : []),
  apiFiles: () => [],
  effective: (federation, cluster) => [
    ...effectiveNamespaces(federation, cluster),
    ...federatedWorkloads(federation).flatMap((workload) => effectiveWorkload(workload, cluster)),
  ],
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

function effectiveNamespaces(federation: Federation, cluster: Cluster): readonly EffectiveFile[] {
  const specs = [...federatedIstioNamespaces(federation), ...federatedWorkloadNamespaces(federation)];
  const objects = specs
    .filter(({ placement }) => placement.includes(cluster.federationCluster))
    .map((spec) => effectiveNamespace(spec, cluster));
  return objects.length === 0 ? [] : [{ cluster: cluster.name, name: 'namespaces', cause: 'workloads', objects }];
}

function effectiveNamespace({ name, labels, overrides }: FederatedNamespaceSpec, cluster: Cluster): KubernetesObject {
  const own = overrides.filter(({ clusterName }) => clusterName === cluster.federationCluster);
  const identity = { apiVersion: 'v1', kind: 'Namespace', name, namespace: null };
  return makeEffective(
    { metadata: { labels } },
    identity,
    own.flatMap(({ clusterOverrides }) => clusterOverrides),
  ) as KubernetesObject;
}

function effectiveWorkload(workload: Workload, cluster: Cluster): readonly EffectiveFile[] {
  // A namespaced object goes where its namespace goes, too; ours always does.
  const objects = workload.objects
    .filter(({ clusters }) => clusters.has(cluster.name))
    .map((object) => effectiveObject(object, cluster));
  return objects.length === 0
    ? []
    : [{ cluster: cluster.name, name: workload.name, cause: causeOf(workload), objects }];
}

function effectiveObject(planned: WorkloadObject, cluster: Cluster): KubernetesObject {
  const { apiVersion, kind, metadata } = planned.object;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : null;
  return makeEffective(
    toTemplate(planned.object),
    { apiVersion, kind, name: metadata.name, namespace },
    patchesIn(planned, cluster),
  ) as KubernetesObject;
}
