import { retainReplicas, skipAutoPropagation } from '../../domain/karmada.ts';
import { makeKarmadaEffective } from '../../domain/karmada-effective.ts';
import type { Federation, KubernetesObject, Target, WorkloadObject } from '../../model/federation.ts';
import { type FederatedNamespaceSpec, type PlannedFile, planFile } from '../component.ts';
import { federatedWorkloadNamespaces } from '../namespaces.ts';
import type { Engine } from './engine.ts';
import { causeOf, effectiveNamespaces, effectiveWorkloads, federatedWorkloads, overridden } from './federated.ts';
import { namespacePolicies, workloadPolicies } from './karmada-policies.ts';

/** Karmada: plain objects and policies on its own API server, from where its controllers bring them to the clusters. */
export const karmada: Engine = {
  files: () => () => [],
  apiFiles: (federation, api) => [...namespaceFile(federation, api), ...workloadFiles(federation, api)],
  effective: (federation) => {
    const namespacesIn = effectiveNamespaces(federatedWorkloadNamespaces(federation), (spec, patches) =>
      effective(overridden(namespaceOf(spec), patches)),
    );
    const workloadsIn = effectiveWorkloads(federation, (planned, patches) =>
      effective(overridden(templateOf(planned), patches)),
    );
    return (cluster) => [...namespacesIn(cluster), ...workloadsIn(cluster)];
  },
};

function namespaceFile(federation: Federation, api: Target): readonly PlannedFile[] {
  const namespaces = federatedWorkloadNamespaces(federation).map((spec) => ({ spec, object: namespaceOf(spec) }));
  if (namespaces.length === 0) return [];
  const objects = namespaces.map(({ object }) => object);
  const policies = namespacePolicies(namespaces);
  return [planFile(api, 'federation', 'namespaces', 'workloads', { kind: 'karmada', ...policies, objects })];
}

function workloadFiles(federation: Federation, api: Target): readonly PlannedFile[] {
  return federatedWorkloads(federation).flatMap((workload) => {
    // Karmada takes a policy without clusters for one that leaves the choice to it.
    const placed = workload.objects.filter(({ clusters }) => clusters.size > 0);
    if (placed.length === 0) return [];
    const objects = placed.map(templateOf);
    const policies = workloadPolicies(federation, workload, placed);
    return [planFile(api, 'federation', workload.name, causeOf(workload), { kind: 'karmada', ...policies, objects })];
  });
}

function namespaceOf({ name, labels }: FederatedNamespaceSpec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { ...labels, ...skipAutoPropagation } },
  };
}

function templateOf({ object, isAutoscaled }: WorkloadObject): KubernetesObject {
  if (!isAutoscaled) return object;
  const { metadata } = object;
  const labels = { ...(metadata.labels as Readonly<Record<string, string>> | undefined), ...retainReplicas };
  return { ...object, metadata: { ...metadata, labels } };
}

const effective = (object: KubernetesObject): KubernetesObject => makeKarmadaEffective(object) as KubernetesObject;
