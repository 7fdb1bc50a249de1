import { isMapping, type Mapping } from '../json/mapping.ts';
import { valueAt } from '../json/path.ts';

/** A place where Kubernetes kinds keep a pod spec. */
export interface PodSpecPath {
  readonly path: readonly string[];
  readonly kinds: readonly string[];
}

/** Places of the pod spec by kind (Kubernetes API reference, "Workload Resources"). */
export const podSpecPaths: readonly PodSpecPath[] = [
  { path: ['spec'], kinds: ['Pod'] },
  {
    path: ['spec', 'template', 'spec'],
    kinds: ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
  },
  { path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'], kinds: ['CronJob'] },
];

function changeAt(node: Mapping, [key, ...rest]: readonly string[], change: (podSpec: Mapping) => Mapping): Mapping {
  if (key === undefined) return change(node);
  const child = node[key];
  if (!isMapping(child)) return node;
  const changed = changeAt(child, rest, change);
  return changed === child ? node : { ...node, [key]: changed };
}

/**
 * A copy of a Kubernetes object with its pod spec changed. Returns the object itself if it has no pod spec, or if
 * `change` returns its argument.
 */
export function changePodSpec<T extends Mapping>(object: T, change: (podSpec: Mapping) => Mapping): T {
  const place = podSpecPaths.find(({ kinds }) => kinds.some((kind) => kind === object.kind));
  // Only fields below `spec` change, and callers treat these as plain JSON.
  return place === undefined ? object : (changeAt(object, place.path, change) as T);
}

/** The labels of the pods that an object makes, now or later. Null if it makes none. */
export function podLabelsOf(object: Mapping): Mapping | null {
  const place = podSpecPaths.find(({ kinds }) => kinds.some((kind) => kind === object.kind));
  if (place === undefined) return null;
  const labels = valueAt(object, [...place.path.slice(0, -1), 'metadata', 'labels']);
  return isMapping(labels) ? labels : {};
}
