import { autoscaledOf } from '../../manifests/autoscaled.ts';
import type { Finding } from '../../problems/finding.ts';
import { clusterNamesOf, type Evidence, workloadsOf } from '../evidence.ts';
import { patchesOf, placeIn } from './declared-patches.ts';

// Immutable fields: KubeFed can create such an object but never update it (KubeFed issue 44).
const immutable: readonly (readonly [kinds: RegExp, path: RegExp])[] = [
  [/^(Deployment|ReplicaSet|StatefulSet|DaemonSet|Job)\//, /^\/spec\/selector(\/|$)/],
  [/^(RoleBinding|ClusterRoleBinding)\//, /^\/roleRef(\/|$)/],
];

function overrideChangesASelector(evidence: Evidence): readonly Finding[] {
  return patchesOf(evidence)
    .filter(({ patch, resource }) =>
      immutable.some(([kinds, path]) => kinds.test(resource ?? '') && path.test(patch.path ?? '')),
    )
    .map((declared) => ({
      path: placeIn(declared, 'path'),
      got: declared.patch.path,
      expected:
        'the same selector or roleRef in every cluster: the field is immutable, so later changes to this patch would fail',
      fix: 'use a workload per version, each with its own placement',
    }));
}

function overrideIsOfAnUnplacedCluster(evidence: Evidence): readonly Finding[] {
  const known = clusterNamesOf(evidence);
  return workloadsOf(evidence).flatMap(({ index, workload }) => {
    const { placement, clients } = workload;
    if (!Array.isArray(placement) || !Array.isArray(clients)) return [];
    return Object.keys(workload.overrides ?? {})
      .filter((cluster) => known.includes(cluster) && !placement.includes(cluster) && !clients.includes(cluster))
      .map((cluster) => ({
        path: ['workloads', index, 'overrides', cluster],
        got: cluster,
        expected: 'a cluster where the workload is placed: elsewhere an override has no effect',
        fix: 'place it there, or remove the override',
        isKey: true,
      }));
  });
}

// KubeFed leaves the replicas of an autoscaled object to the cluster, unless an override sets them (seen on v0.10.0).
function overrideFightsAnAutoscaler(evidence: Evidence): readonly Finding[] {
  const namespaceOf = (workload: number): string | undefined => evidence.declaration.workloads?.[workload]?.namespace;
  const targets = autoscaledOf(evidence.manifests, namespaceOf);
  return patchesOf(evidence)
    .filter(
      ({ patch, path, resource }) =>
        patch.path === '/spec/replicas' && targets.has(`${namespaceOf(Number(path[1]))}/${resource}`),
    )
    .map((declared) => ({
      path: placeIn(declared, 'value'),
      got: declared.patch.value,
      expected: 'no replicas where a HorizontalPodAutoscaler sets them: the two would overwrite each other',
      fix: 'override minReplicas of the autoscaler',
    }));
}

/** Warnings about overrides. */
export const overrideWarnings = {
  overrideChangesASelector,
  overrideIsOfAnUnplacedCluster,
  overrideFightsAnAutoscaler,
};
