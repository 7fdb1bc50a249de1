import { groupBy } from '../../domain/group-by.ts';
import { passthroughHosts } from '../../domain/istio/cluster-domain.ts';
import type { Cluster, Federation, RemoteControlPlane } from '../../model/federation.ts';
import type { IstioOperatorSpec17, MeshNetwork } from '../../model/istio-installation.ts';
import { type Component, type PlannedFile, planFile } from '../component.ts';

// Name of the gateway's Service, as istiod looks it up in every cluster of a network
// (1.7.2 pilot/pkg/model/push_context.go).
const gatewayService = 'istio-ingressgateway.istio-system.svc.cluster.local';

/**
 * Istio 1.7 in one cluster, as in the tutorial: an IstioOperator that includes the gateway, and the Gateway object that
 * opens it to other networks.
 */
export function sharedControlPlaneFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  const { controlPlane, gateway } = cluster;
  const cause = `clusters.${cluster.name}`;
  const isPrimary = controlPlane.kind === 'primary';
  const spec = isPrimary ? primaryOperator(federation, cluster) : remoteOperator(federation, cluster, controlPlane);
  const istiod: Component = { kind: 'istioOperator', spec, notes: [] };
  const installation = planFile(cluster, isPrimary ? 'controlPlane' : 'remote', 'istiod', cause, istiod);
  if (gateway === null) return [installation];
  const { passthroughGateway, gatewaySelector, gatewayVersion } = federation.istio.dialect;
  const passthrough: Component = {
    kind: 'passthroughGateway',
    version: gatewayVersion,
    name: passthroughGateway,
    selector: gatewaySelector,
    port: gateway.port,
    hosts: passthroughHosts(federation.istio.clusterDomain),
  };
  const wave = isPrimary ? 'gateways' : 'remoteGateways';
  return [installation, planFile(cluster, wave, 'cross-network-gateway', `${cause}.gateway`, passthrough)];
}

function meshNetworks({ clusters }: Federation): Readonly<Record<string, MeshNetwork>> {
  const networks = groupBy(clusters, ({ network }) => network);
  return Object.fromEntries(
    [...networks].map(([network, inside]) => {
      const ports = [...new Set(inside.flatMap(({ gateway }) => gateway?.port ?? []))];
      return [
        network,
        {
          endpoints: inside.map(({ istioCluster }) => ({ fromRegistry: istioCluster })),
          gateways: ports.map((port) => ({ registryServiceName: gatewayService, port })),
        },
      ];
    }),
  );
}

function commonSpec({ istio: { pullSecrets } }: Federation, { istioCluster, network, istio }: Cluster) {
  return {
    top: istio.isHubDeclared ? { hub: istio.hub } : {},
    global: {
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
      multiCluster: { clusterName: istioCluster },
      network,
    },
  };
}

// The primary knows all networks and exposes istiod to remotes through its ingress gateway.
function primaryOperator(federation: Federation, cluster: Cluster): IstioOperatorSpec17 {
  const { top, global } = commonSpec(federation, cluster);
  return {
    ...top,
    values: { global: { ...global, meshNetworks: meshNetworks(federation), meshExpansion: { enabled: true } } },
  };
}

// If the address of its primary is not known yet, the installation step supplies it.
function remoteOperator(
  federation: Federation,
  cluster: Cluster,
  { primaryAddress }: RemoteControlPlane,
): IstioOperatorSpec17 {
  const { top, global } = commonSpec(federation, cluster);
  return {
    ...top,
    values: { global: { ...global, ...(primaryAddress === null ? {} : { remotePilotAddress: primaryAddress }) } },
    components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }] },
  };
}
