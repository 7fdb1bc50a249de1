import type { IstioDialect } from '../domain/istio/dialects.ts';
import type { Cluster, Federation, Target } from '../model/federation.ts';
import { type NamespaceSpec, type PlannedFile, planFile } from './component.ts';
import { currentControlPlaneFiles } from './control-planes/current-control-plane.ts';
import { sharedControlPlaneFiles } from './control-planes/shared-control-plane.ts';
import { plainNamespaces } from './engines/namespaces.ts';
import { readerFiles } from './gitops/reader.ts';
import type { PlanSlices } from './slices.ts';

/** Every file of every cluster, in the order of the clusters and of the waves. */
export function planFiles(federation: Federation, { engine, trust }: PlanSlices): readonly PlannedFile[] {
  const plain = plainNamespaces(federation);
  const engineFiles = engine.files(federation);
  const controlPlaneFiles = controlPlanes[federation.istio.dialect.name];
  const ofClusters = federation.clusters.flatMap((cluster) => [
    ...definitionFiles(federation, cluster),
    ...namespaceFiles(cluster, plain(cluster)),
    ...readerFiles(federation, cluster),
    ...trust.files(federation, cluster, engine),
    ...controlPlaneFiles(federation, cluster),
    ...engineFiles(cluster),
    ...workloadFiles(federation, cluster),
    ...trafficFiles(federation, cluster),
  ]);
  const { api } = federation.engine;
  return api === null
    ? ofClusters
    : [...ofClusters, ...definitionFiles(federation, api), ...engine.apiFiles(federation, api)];
}

type ControlPlaneFiles = (federation: Federation, cluster: Cluster) => readonly PlannedFile[];

const controlPlanes: Readonly<Record<IstioDialect['name'], ControlPlaneFiles>> = {
  '1.7': sharedControlPlaneFiles,
  current: currentControlPlaneFiles,
};

// A file without objects is not written.
function unlessEmpty<T>(items: readonly T[], make: (items: readonly T[]) => PlannedFile): readonly PlannedFile[] {
  return items.length === 0 ? [] : [make(items)];
}

// Every cluster gets the kinds: if one cluster lacks a kind, KubeFed propagates no object of that kind to any cluster
// (seen on v0.10.0).
function definitionFiles({ workloads }: Federation, target: Target): readonly PlannedFile[] {
  return workloads.flatMap(({ name, definitions }) =>
    unlessEmpty(definitions, (objects) =>
      planFile(target, 'federationControlPlane', name, `workloads.${name}`, { kind: 'objects', objects }),
    ),
  );
}

function namespaceFiles(cluster: Cluster, plain: readonly NamespaceSpec[]): readonly PlannedFile[] {
  return unlessEmpty(plain, (namespaces) =>
    planFile(cluster, 'foundation', 'namespaces', `clusters.${cluster.name}`, { kind: 'namespaces', namespaces }),
  );
}

function workloadFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  return federation.workloads
    .filter(({ delivery }) => delivery === 'direct')
    .flatMap((workload) =>
      unlessEmpty(
        workload.objects.filter(({ clusters }) => clusters.has(cluster.name)),
        (placed) => {
          const objects = placed.map(({ object }) => object);
          const cause = `workloads.${workload.name}`;
          return planFile(cluster, 'workloads', workload.name, cause, { kind: 'objects', objects });
        },
      ),
    );
}

// istiod reads configuration only in its own cluster.
function trafficFiles({ workloads }: Federation, cluster: Cluster): readonly PlannedFile[] {
  if (cluster.controlPlane.kind === 'remote' || cluster.isLeaving) return [];
  return workloads.flatMap(({ name, meshObjects }) =>
    unlessEmpty(meshObjects, (objects) =>
      planFile(cluster, 'traffic', name, `workloads.${name}`, { kind: 'objects', objects }),
    ),
  );
}
