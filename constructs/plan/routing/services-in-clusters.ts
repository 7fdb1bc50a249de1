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
  const objects = objectsByCluster(files, effective);
  return clusters.map((cluster) => servicesOf(cluster, objects.get(cluster.name) ?? []));
}

// The objects that the engine creates, and those that are applied directly.
function objectsByCluster(files: readonly PlannedFile[], effective: readonly EffectiveFile[]) {
  const byCluster = new Map<string, KubernetesObject[]>();
  const add = (cluster: string, objects: readonly KubernetesObject[]): void => {
    const known = byCluster.get(cluster);
    if (known === undefined) byCluster.set(cluster, [...objects]);
    else known.push(...objects);
  };
  for (const { cluster, objects } of effective) add(cluster, objects);
  for (const { target, component } of files) if (component.kind === 'objects') add(target, component.objects);
  return byCluster;
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
  const byLabel = new Map<string, RunningPods[]>();
  const keyOf = (namespace: unknown, key: string, value: unknown): string => JSON.stringify([namespace, key, value]);
  for (const object of objects) {
    const pods = runningPodsOf(object);
    if (pods === null) continue;
    for (const [key, value] of Object.entries(pods.labels)) {
      const label = keyOf(object.metadata.namespace, key, value);
      const known = byLabel.get(label);
      if (known === undefined) byLabel.set(label, [pods]);
      else known.push(pods);
    }
  }
  return ({ namespace, selector }) => {
    const groups = Object.entries(selector).map(([key, value]) => byLabel.get(keyOf(namespace, key, value)) ?? []);
    const [smallest = []] = groups.sort((a, b) => a.length - b.length);
    return smallest.filter(({ labels }) => selects(selector, labels));
  };
}
