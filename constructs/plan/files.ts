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

function namespaceFiles(
  federation: Federation,
  cluster: Cluster,
  plain: readonly NamespaceSpec[],
): readonly PlannedFile[] {
  const { name, isHost } = cluster;
  const trust = isHost ? federatedIstioNamespaces(federation) : [];
  return [
    ...(plain.length === 0
      ? []
      : [file(cluster, 'foundation', 'namespaces', `clusters.${name}`, { kind: 'namespaces', namespaces: plain })]),
    ...(trust.length === 0
      ? []
      : [
          file(cluster, 'federatedTrust', 'namespaces', 'trust.cacerts', {
            kind: 'federatedNamespaces',
            namespaces: trust,
          }),
        ]),
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
  const namespaces = cluster.isHost ? federatedWorkloadNamespaces(federation) : [];
  const federated = cluster.isHost ? federation.workloads.filter(({ delivery }) => delivery === 'federated') : [];
  const direct = federation.workloads.filter(({ delivery }) => delivery === 'direct');
  return [
    ...(namespaces.length === 0
      ? []
      : [file(cluster, 'federation', 'namespaces', 'workloads', { kind: 'federatedNamespaces', namespaces })]),
    ...federated.map((workload) =>
      file(cluster, 'federation', workload.name, `workloads.${workload.name}`, {
        kind: 'federatedWorkload',
        objects: federatedObjects(federation, workload),
      }),
    ),
    ...direct.flatMap((workload) => {
      const objects = workload.objects.filter(({ clusters }) => clusters.has(cluster.name)).map(({ object }) => object);
      const component: Component = { kind: 'workload', objects };
      return objects.length === 0
        ? []
        : [file(cluster, 'workloads', workload.name, `workloads.${workload.name}`, component)];
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
