import type { IstioDialect } from '../domain/istio-dialects.ts';
import type { Cluster, Federation, Workload } from '../model/federation.ts';
import { type FederatedObjectSpec, type NamespaceSpec, type PlannedFile, planFile } from './component.ts';
import { currentControlPlaneFiles } from './current-control-plane.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces, plainNamespaces } from './namespaces.ts';
import { sharedControlPlaneFiles } from './shared-control-plane.ts';

/** Every file of every cluster, in the order of the clusters and of the waves. */
export function planFiles(federation: Federation): readonly PlannedFile[] {
  const plain = plainNamespaces(federation);
  const controlPlaneFiles = controlPlanes[federation.istio.dialect.name];
  return federation.clusters.flatMap((cluster) => [
    ...namespaceFiles(federation, cluster, plain(cluster)),
    ...controlPlaneFiles(federation, cluster),
    ...workloadFiles(federation, cluster),
  ]);
}

type ControlPlaneFiles = (federation: Federation, cluster: Cluster) => readonly PlannedFile[];

const controlPlanes: Readonly<Record<IstioDialect['name'], ControlPlaneFiles>> = {
  '1.7': sharedControlPlaneFiles,
  current: currentControlPlaneFiles,
};

// A file without objects is no file.
function unlessEmpty<T>(items: readonly T[], make: (items: readonly T[]) => PlannedFile): readonly PlannedFile[] {
  return items.length === 0 ? [] : [make(items)];
}

function namespaceFiles(
  federation: Federation,
  cluster: Cluster,
  plain: readonly NamespaceSpec[],
): readonly PlannedFile[] {
  const trust = cluster.isHost ? federatedIstioNamespaces(federation) : [];
  return [
    ...unlessEmpty(plain, (namespaces) =>
      planFile(cluster, 'foundation', 'namespaces', `clusters.${cluster.name}`, { kind: 'namespaces', namespaces }),
    ),
    ...unlessEmpty(trust, (namespaces) =>
      planFile(cluster, 'federatedTrust', 'namespaces', 'trust.cacerts', { kind: 'federatedNamespaces', namespaces }),
    ),
  ];
}

function workloadFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  return [
    ...(cluster.isHost ? federatedFiles(federation, cluster) : []),
    ...federation.workloads
      .filter(({ delivery }) => delivery === 'direct')
      .flatMap((workload) =>
        unlessEmpty(
          workload.objects.filter(({ clusters }) => clusters.has(cluster.name)),
          (placed) => {
            const objects = placed.map(({ object }) => object);
            return planFile(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'workload', objects });
          },
        ),
      ),
  ];
}

const causeOf = ({ name }: Workload): string => `workloads.${name}`;

function federatedFiles(federation: Federation, host: Cluster): readonly PlannedFile[] {
  return [
    ...unlessEmpty(federatedWorkloadNamespaces(federation), (namespaces) =>
      planFile(host, 'federation', 'namespaces', 'workloads', { kind: 'federatedNamespaces', namespaces }),
    ),
    ...federation.workloads
      .filter(({ delivery }) => delivery === 'federated')
      .map((workload) => {
        const objects = federatedObjects(federation, workload);
        return planFile(host, 'federation', workload.name, causeOf(workload), { kind: 'federatedWorkload', objects });
      }),
  ];
}

function federatedObjects({ clusters }: Federation, { objects }: Workload): readonly FederatedObjectSpec[] {
  const engineName = new Map(clusters.map(({ name, federationCluster }) => [name, federationCluster]));
  const toEngine = (name: string): string => engineName.get(name) ?? name;
  return objects.map(({ object, clusters: placed, overrides }) => ({
    object,
    placement: [...placed].map(toEngine),
    overrides: overrides.map(({ cluster, patches }) => ({ clusterName: toEngine(cluster), clusterOverrides: patches })),
  }));
}
