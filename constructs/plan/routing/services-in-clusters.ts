import { groupBy } from '../../domain/group-by.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import {
  type RunningPods,
  runningPodsOf,
  type SpreadService,
  selects,
  spreadServiceOf,
} from '../../domain/kubernetes/service-backends.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';
import type { EffectiveFile } from '../engines/engine.ts';

/** The Services of one cluster, by NAMESPACE/NAME, and those that have pods there. */
export interface ServicesInCluster {
  readonly cluster: Cluster;
  readonly services: ReadonlyMap<string, SpreadService>;
  /** Services with pods in this cluster, and whether one of these pods has a sidecar. */
  readonly served: ReadonlyMap<string, { readonly isInjected: boolean }>;
}

/** The Services of each cluster, in the order of the declaration. */
export function servicesInClusters(
  { clusters }: Federation,
  files: readonly PlannedFile[],
  effective: readonly EffectiveFile[],
): readonly ServicesInCluster[] {
  const objectsIn = objectsByCluster(files, effective);
  return clusters.map((cluster) => servicesOf(cluster, objectsIn(cluster)));
}

// The objects that the engine creates, and those that are applied directly.
function objectsByCluster(
  files: readonly PlannedFile[],
  effective: readonly EffectiveFile[],
): (cluster: Cluster) => readonly KubernetesObject[] {
  const applied = files.flatMap(({ target, component }) =>
    component.kind === 'objects' ? [{ cluster: target, objects: component.objects }] : [],
  );
  const byCluster = groupBy([...effective, ...applied], ({ cluster }) => cluster);
  return ({ name }) => (byCluster.get(name) ?? []).flatMap(({ objects }) => objects);
}

// istiod takes the endpoints of a cluster from the Service in that cluster.
function servicesOf(cluster: Cluster, objects: readonly KubernetesObject[]): ServicesInCluster {
  const found = objects.flatMap((object) => spreadServiceOf(object) ?? []);
  const services = new Map(found.map((service) => [`${service.namespace}/${service.name}`, service]));
  const podsBehind = indexPods(objects);
  const served = new Map<string, { readonly isInjected: boolean }>();
  for (const [key, service] of services) {
    const pods = podsBehind(service);
    if (pods.length > 0) served.set(key, { isInjected: pods.some(({ isInjected }) => isInjected) });
  }
  return { cluster, services, served };
}

// Indexed by each label, so that a Service checks only a few pods, even if many share one label.
function indexPods(objects: readonly KubernetesObject[]): (service: SpreadService) => readonly RunningPods[] {
  const keyOf = (namespace: unknown, key: string, value: unknown): string => JSON.stringify([namespace, key, value]);
  const labelled = objects.flatMap((object) => {
    const pods = runningPodsOf(object);
    if (pods === null) return [];
    return Object.entries(pods.labels).map(([key, value]) => ({
      label: keyOf(object.metadata.namespace, key, value),
      pods,
    }));
  });
  const byLabel = groupBy(labelled, ({ label }) => label);
  return ({ namespace, selector }) => {
    const groups = Object.entries(selector).map(([key, value]) => byLabel.get(keyOf(namespace, key, value)) ?? []);
    const [smallest = []] = groups.sort((a, b) => a.length - b.length);
    return smallest.map(({ pods }) => pods).filter(({ labels }) => selects(selector, labels));
  };
}
