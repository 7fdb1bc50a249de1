import type { Patch } from '../../domain/json/patch.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import { applyOverride } from '../../domain/overrides/explicit-patches.ts';
import type { Cluster, Federation, Workload, WorkloadObject } from '../../model/federation.ts';
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
  return overrides.map(({ cluster, patches }) => ({ clusterName: toEngine(cluster), patches }));
}

function patchesIn({ overrides }: WorkloadObject, { name }: Cluster): readonly Patch[] {
  return overrides.filter(({ cluster }) => cluster === name).flatMap(({ patches }) => patches);
}

/** An object with what differs in a cluster. Throws where an override does not apply: rules have refused these. */
export function overridden(object: KubernetesObject, patches: readonly Patch[]): KubernetesObject {
  const result = applyOverride(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}

/** The part of a preview that is about one cluster's namespaces. `make` is the engine's way from a spec to an object. */
export function effectiveNamespaces(
  specs: readonly FederatedNamespaceSpec[],
  { name, federationCluster }: Cluster,
  make: (spec: FederatedNamespaceSpec, patches: readonly Patch[]) => KubernetesObject,
): readonly EffectiveFile[] {
  const objects = specs
    .filter(({ placement }) => placement.includes(federationCluster))
    .map((spec) => {
      const own = spec.overrides.filter(({ clusterName }) => clusterName === federationCluster);
      return make(
        spec,
        own.flatMap(({ patches }) => patches),
      );
    });
  return objects.length === 0 ? [] : [{ cluster: name, name: 'namespaces', cause: 'workloads', objects }];
}

/** The part that is about its workloads, a file each. A namespaced object goes where its namespace goes; ours always does. */
export function effectiveWorkloads(
  federation: Federation,
  cluster: Cluster,
  make: (planned: WorkloadObject, patches: readonly Patch[]) => KubernetesObject,
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
  make: (planned: WorkloadObject, patches: readonly Patch[]) => KubernetesObject,
): readonly KubernetesObject[] {
  return objects
    .filter(({ clusters }) => clusters.has(cluster.name))
    .map((planned) => make(planned, patchesIn(planned, cluster)));
}
