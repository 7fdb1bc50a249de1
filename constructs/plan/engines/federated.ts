import type { Patch } from '../../domain/json/patch.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import { applyOverride } from '../../domain/overrides/explicit-patches.ts';
import type { Cluster, Federation, Workload, WorkloadObject, WorkloadOverride } from '../../model/federation.ts';
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

/** An object with what differs in a cluster. Throws where an override does not apply: rules have refused these. */
export function overridden(object: KubernetesObject, patches: readonly Patch[]): KubernetesObject {
  const result = applyOverride(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}

type FilesIn = (cluster: Cluster) => readonly EffectiveFile[];

/** The part of a preview that is about a cluster's namespaces. `make` is the engine's way from a spec to an object. */
export function effectiveNamespaces(
  specs: readonly FederatedNamespaceSpec[],
  make: (spec: FederatedNamespaceSpec, patches: readonly Patch[]) => KubernetesObject,
): FilesIn {
  const planned = specs.map((spec) => ({
    spec,
    placement: new Set(spec.placement),
    patchesIn: patchesByName(spec.overrides.map(({ clusterName, patches }) => ({ cluster: clusterName, patches }))),
  }));
  return ({ name, federationCluster }) => {
    const objects = planned
      .filter(({ placement }) => placement.has(federationCluster))
      .map(({ spec, patchesIn }) => make(spec, patchesIn(federationCluster)));
    return objects.length === 0 ? [] : [{ cluster: name, name: 'namespaces', cause: 'workloads', objects }];
  };
}

/** The part that is about its workloads, a file each. A namespaced object goes where its namespace goes; ours always does. */
export function effectiveWorkloads(
  federation: Federation,
  make: (planned: WorkloadObject, patches: readonly Patch[]) => KubernetesObject,
): FilesIn {
  const workloads = federatedWorkloads(federation).map((workload) => ({
    workload,
    inCluster: objectsIn(workload, make),
  }));
  return (cluster) =>
    workloads.flatMap(({ workload, inCluster }) => {
      const objects = inCluster(cluster);
      return objects.length === 0
        ? []
        : [{ cluster: cluster.name, name: workload.name, cause: causeOf(workload), objects }];
    });
}

/** The objects of a workload that a cluster has, each with what differs there. */
export function objectsIn(
  { objects }: Workload,
  make: (planned: WorkloadObject, patches: readonly Patch[]) => KubernetesObject,
): (cluster: Cluster) => readonly KubernetesObject[] {
  const all = objects.map((planned) => ({ planned, patchesIn: patchesByName(planned.overrides) }));
  return ({ name }) =>
    all
      .filter(({ planned: { clusters } }) => clusters.has(name))
      .map(({ planned, patchesIn }) => make(planned, patchesIn(name)));
}

// Looked up for every cluster, so indexed once.
function patchesByName(overrides: readonly WorkloadOverride[]): (cluster: string) => readonly Patch[] {
  const byName = new Map<string, readonly Patch[]>();
  for (const { cluster, patches } of overrides) byName.set(cluster, [...(byName.get(cluster) ?? []), ...patches]);
  return (cluster) => byName.get(cluster) ?? [];
}
