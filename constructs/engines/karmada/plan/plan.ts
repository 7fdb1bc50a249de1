import type { KubernetesObject } from '../../../domain/kubernetes/object.ts';
import type { Federation, Target, WorkloadObject } from '../../../model/federation.ts';
import {
  type EngineComponent,
  type FederatedNamespaceSpec,
  type PlannedFile,
  planFile,
} from '../../../plan/component.ts';
import type { EnginePlan } from '../../../plan/engines/engine.ts';
import {
  causeOf,
  effectiveNamespaces,
  effectiveWorkloads,
  federatedWorkloads,
  overridden,
} from '../../../plan/engines/federated.ts';
import { federatedWorkloadNamespaces } from '../../../plan/engines/namespaces.ts';
import { type Brought, broughtNamespace } from '../../../plan/steps/brought.ts';
import { makeKarmadaEffective } from '../domain/effective.ts';
import { retainReplicas, skipAutoPropagation } from '../domain/policies.ts';
import { karmadaConditions } from './conditions.ts';
import type { KarmadaContent } from './content.ts';
import { namespacePolicies, type Policies, workloadPolicies } from './policies.ts';

/** Karmada: plain objects and policies on its own API server. Its controllers bring the objects to the clusters. */
export const karmadaPlan: EnginePlan = {
  files: () => () => [],
  steps: () => [],
  carriedNamespaces: null,
  conditions: karmadaConditions,
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
  const brings = namespaces.map(({ spec }) => broughtNamespace(spec.name));
  return [planFile(api, 'federation', 'namespaces', 'workloads', policedObjects(policies, objects, brings))];
}

function workloadFiles(federation: Federation, api: Target): readonly PlannedFile[] {
  return federatedWorkloads(federation).flatMap((workload) => {
    // Karmada reads a policy without clusters as a free choice of clusters.
    const placed = workload.objects.filter(({ clusters }) => clusters.size > 0);
    if (placed.length === 0) return [];
    const objects = placed.map(templateOf);
    const policies = workloadPolicies(federation, workload, placed);
    return [planFile(api, 'federation', workload.name, causeOf(workload), policedObjects(policies, objects, []))];
  });
}

function policedObjects(
  policies: Policies,
  objects: readonly KubernetesObject[],
  brings: readonly Brought[],
): EngineComponent<KarmadaContent> {
  return { kind: 'engine', content: { kind: 'policedObjects', ...policies, objects }, brings };
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
