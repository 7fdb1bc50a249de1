import type { Cluster, Federation, Workload } from '../model/federation.ts';
import type { Component, FederatedObjectSpec, NamespaceSpec, PlannedFile } from './component.ts';
import { primaryOperator, remoteOperator } from './istio-operators.ts';
import { federatedIstioNamespaces, federatedWorkloadNamespaces, plainNamespaces } from './namespaces.ts';
import type { WaveName } from './waves.ts';

/** Every file of every cluster, in the order of the clusters and of the waves. */
export function planFiles(federation: Federation): readonly PlannedFile[] {
  const plain = plainNamespaces(federation);
  return federation.clusters.flatMap((cluster) => [
    ...namespaceFiles(federation, cluster, plain(cluster)),
    ...controlPlaneFiles(federation, cluster),
    ...workloadFiles(federation, cluster),
  ]);
}

function file(cluster: Cluster, wave: WaveName, name: string, cause: string, component: Component): PlannedFile {
  return { cluster: cluster.name, wave, name, cause, component };
}

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
      file(cluster, 'foundation', 'namespaces', `clusters.${cluster.name}`, { kind: 'namespaces', namespaces }),
    ),
    ...unlessEmpty(trust, (namespaces) =>
      file(cluster, 'federatedTrust', 'namespaces', 'trust.cacerts', { kind: 'federatedNamespaces', namespaces }),
    ),
  ];
}

function controlPlaneFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  const { passthroughGateway, gatewaySelector } = federation.istio.dialect;
  const gateway: Component = {
    kind: 'passthroughGateway',
    name: passthroughGateway,
    selector: gatewaySelector,
    port: cluster.gateway.port,
  };
  const cause = `clusters.${cluster.name}`;
  if (cluster.controlPlane.kind === 'primary')
    return [
      file(cluster, 'controlPlane', 'istiod', cause, {
        kind: 'istioOperator',
        spec: primaryOperator(federation, cluster),
      }),
      file(cluster, 'gateways', 'cross-network-gateway', `${cause}.gateway`, gateway),
    ];
  return [
    file(cluster, 'remote', 'istiod', cause, {
      kind: 'istioOperator',
      spec: remoteOperator(cluster, cluster.controlPlane),
    }),
    file(cluster, 'remoteGateways', 'cross-network-gateway', `${cause}.gateway`, gateway),
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
            return file(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'workload', objects });
          },
        ),
      ),
  ];
}

const causeOf = ({ name }: Workload): string => `workloads.${name}`;

function federatedFiles(federation: Federation, host: Cluster): readonly PlannedFile[] {
  return [
    ...unlessEmpty(federatedWorkloadNamespaces(federation), (namespaces) =>
      file(host, 'federation', 'namespaces', 'workloads', { kind: 'federatedNamespaces', namespaces }),
    ),
    ...federation.workloads
      .filter(({ delivery }) => delivery === 'federated')
      .map((workload) => {
        const objects = federatedObjects(federation, workload);
        return file(host, 'federation', workload.name, causeOf(workload), { kind: 'federatedWorkload', objects });
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
