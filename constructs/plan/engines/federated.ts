import { groupBy } from '../../domain/group-by.ts';
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

/** The engine's name for a cluster. */
export function engineNamesOf({ clusters }: Federation): (name: string) => string {
  const names = new Map(clusters.map(({ name, federationCluster }) => [name, federationCluster]));
  return (name) => names.get(name) ?? name;
}

/** The overrides of an object, with the engine's names for the clusters. */
export function engineOverridesOf(
  { overrides }: WorkloadObject,
  toEngine: (name: string) => string,
): readonly EngineOverride[] {
  return overrides.map(({ cluster, patches }) => ({ clusterName: toEngine(cluster), patches }));
}

/**
 * An object with the differences of a cluster applied. Throws if an override cannot be applied: rules have refused such
 * overrides.
 */
export function overridden(object: KubernetesObject, patches: readonly Patch[]): KubernetesObject {
  const result = applyOverride(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}

type FilesIn = (cluster: Cluster) => readonly EffectiveFile[];

/** The part of a preview for a cluster's namespaces. `make` turns a spec into an object in the way of the engine. */
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

/**
 * The part of a preview for its workloads, one file each. A namespaced object goes only where its namespace goes, which
 * always holds for our objects.
 */
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

/** The objects of a workload in a cluster, each with the differences of that cluster. */
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

// Indexed once, because every cluster looks it up.
function patchesByName(overrides: readonly WorkloadOverride[]): (cluster: string) => readonly Patch[] {
  const byName = groupBy(overrides, ({ cluster }) => cluster);
  return (cluster) => (byName.get(cluster) ?? []).flatMap(({ patches }) => patches);
}
