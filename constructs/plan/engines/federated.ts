import { applyOverrides, type ClusterOverride } from '../../domain/kubefed-overrides.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from '../../model/federation.ts';
import type { EngineOverride } from '../component.ts';

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

/** What differs in one cluster. */
export function patchesIn({ overrides }: WorkloadObject, { name }: Cluster): readonly ClusterOverride[] {
  return overrides.filter(({ cluster }) => cluster === name).flatMap(({ patches }) => patches);
}

/** An object with what differs in a cluster. Throws where an override does not apply: rules have refused these. */
export function overridden(object: KubernetesObject, patches: readonly ClusterOverride[]): KubernetesObject {
  const result = applyOverrides(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}
