import { makeEffective } from '../../domain/kubefed-effective.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from '../../model/federation.ts';
import { toTemplate } from '../../model/template.ts';
import { type FederatedNamespaceSpec, type FederatedObjectSpec, planFile } from '../component.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces } from '../namespaces.ts';
import type { EffectiveFile, Engine } from './engine.ts';

/** KubeFed: Federated objects on the host, which its controller turns into objects of the members. */
export const kubefed: Engine = {
  files: (federation, cluster) => (cluster.isHost ? hostFiles(federation, cluster) : []),
  effective: (federation, cluster) => [
    ...effectiveNamespaces(federation, cluster),
    ...federatedWorkloads(federation).flatMap((workload) => effectiveWorkload(workload, cluster)),
  ],
};

const federatedWorkloads = ({ workloads }: Federation): readonly Workload[] =>
  workloads.filter(({ delivery }) => delivery === 'federated');

const causeOf = ({ name }: Workload): string => `workloads.${name}`;

function hostFiles(federation: Federation, host: Cluster) {
  const namespaces = federatedWorkloadNamespaces(federation);
  return [
    ...(namespaces.length === 0
      ? []
      : [planFile(host, 'federation', 'namespaces', 'workloads', { kind: 'federatedNamespaces', namespaces })]),
    ...federatedWorkloads(federation).map((workload) => {
      const objects = federatedObjects(federation, workload);
      return planFile(host, 'federation', workload.name, causeOf(workload), { kind: 'federatedWorkload', objects });
    }),
  ];
}

function federatedObjects({ clusters }: Federation, { objects }: Workload): readonly FederatedObjectSpec[] {
  const engineName = new Map(clusters.map(({ name, federationCluster }) => [name, federationCluster]));
  const toEngine = (name: string): string => engineName.get(name) ?? name;
  return objects.map(({ object, clusters: placed, overrides }) => ({
    object,
    placement: [...placed].map(toEngine),
    overrides: overrides.map(({ cluster, patches }) => ({ clusterName: toEngine(cluster), clusterOverrides: patches })),
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

function effectiveObject({ object, overrides }: WorkloadObject, { name: cluster }: Cluster): KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : null;
  return makeEffective(
    toTemplate(object),
    { apiVersion, kind, name: metadata.name, namespace },
    overrides.filter((override) => override.cluster === cluster).flatMap(({ patches }) => patches),
  ) as KubernetesObject;
}
