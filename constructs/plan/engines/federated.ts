import { applyOverrides, type ClusterOverride } from '../../domain/kubefed-overrides.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from '../../model/federation.ts';
import type { EngineOverride, FederatedNamespaceSpec } from '../component.ts';
import type { EffectiveFile } from './engine.ts';

/** The workloads that an engine delivers. */
export const federatedWorkloads = ({ workloads }: Federation): readonly Workload[] =>
  workloads.filter(({ delivery }) => delivery === 'federated');

/** Path in the declaration that asks for a workload. */
export const causeOf = ({ name }: Workload): string => `workloads.${name}`;

/** A cluster by its name, as the engine knows it. */
export function engineNamesOf({ clusters }: Federation): (name: string) => string {
  const names = new Map(clusters.map(({ name, federationCluster }) => [name, federationCluster]));
  return (name) => names.get(name) ?? name;
}

/** The overrides of an object, with the clusters as the engine knows them. */
export function engineOverridesOf(
  { overrides }: WorkloadObject,
  toEngine: (name: string) => string,
): readonly EngineOverride[] {
  return overrides.map(({ cluster, patches }) => ({ clusterName: toEngine(cluster), clusterOverrides: patches }));
}

function patchesIn({ overrides }: WorkloadObject, { name }: Cluster): readonly ClusterOverride[] {
  return overrides.filter(({ cluster }) => cluster === name).flatMap(({ patches }) => patches);
}

/** An object with what differs in a cluster. Throws where an override does not apply: rules have refused these. */
export function overridden(object: KubernetesObject, patches: readonly ClusterOverride[]): KubernetesObject {
  const result = applyOverrides(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}

/** The part of a preview that is about one cluster's namespaces. `make` is the engine's way from a spec to an object. */
export function effectiveNamespaces(
  specs: readonly FederatedNamespaceSpec[],
  { name, federationCluster }: Cluster,
  make: (spec: FederatedNamespaceSpec, patches: readonly ClusterOverride[]) => KubernetesObject,
): readonly EffectiveFile[] {
  const objects = specs
    .filter(({ placement }) => placement.includes(federationCluster))
    .map((spec) => {
      const own = spec.overrides.filter(({ clusterName }) => clusterName === federationCluster);
      return make(
        spec,
        own.flatMap(({ clusterOverrides }) => clusterOverrides),
      );
    });
  return objects.length === 0 ? [] : [{ cluster: name, name: 'namespaces', cause: 'workloads', objects }];
}

/** The part that is about its workloads, a file each. A namespaced object goes where its namespace goes; ours always does. */
export function effectiveWorkloads(
  federation: Federation,
  cluster: Cluster,
  make: (planned: WorkloadObject, patches: readonly ClusterOverride[]) => KubernetesObject,
): readonly EffectiveFile[] {
  return federatedWorkloads(federation).flatMap((workload) => {
    const objects = objectsIn(workload, cluster, make);
    return objects.length === 0
      ? []
      : [{ cluster: cluster.name, name: workload.name, cause: causeOf(workload), objects }];
  });
}

/** The objects of a workload that a cluster has, each with what differs there. */
export function objectsIn(
  { objects }: Workload,
  cluster: Cluster,
  make: (planned: WorkloadObject, patches: readonly ClusterOverride[]) => KubernetesObject,
): readonly KubernetesObject[] {
  return objects
    .filter(({ clusters }) => clusters.has(cluster.name))
    .map((planned) => make(planned, patchesIn(planned, cluster)));
}
