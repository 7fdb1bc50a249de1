import type { IstioOperatorSpec, MeshNetwork } from '../domain/istio-operator-spec.ts';
import type { Cluster, Federation, RemoteControlPlane } from '../model/federation.ts';

function meshNetworks({ clusters, istio }: Federation): Readonly<Record<string, MeshNetwork>> {
  const networks = [...new Set(clusters.map(({ network }) => network))];
  return Object.fromEntries(
    networks.map((network) => {
      const inside = clusters.filter((cluster) => cluster.network === network);
      const ports = [...new Set(inside.map(({ gateway }) => gateway.port))];
      return [
        network,
        {
          endpoints: inside.map(({ istioCluster }) => ({ fromRegistry: istioCluster })),
          // istiod looks this Service up in every cluster of the network (1.7.2 pilot/pkg/model/push_context.go).
          gateways: ports.map((port) => ({ registryServiceName: istio.dialect.gatewayService, port })),
        },
      ];
    }),
  );
}

/** Istio on a primary: it knows all networks, and lets remotes reach istiod through its ingress gateway. */
export function primaryOperator(federation: Federation, cluster: Cluster): IstioOperatorSpec {
  return {
    values: {
      global: {
        multiCluster: { clusterName: cluster.istioCluster },
        network: cluster.network,
        meshNetworks: meshNetworks(federation),
        meshExpansion: { enabled: true },
      },
    },
  };
}

/** Istio on a remote. Without a known address of its primary the installation step supplies it. */
export function remoteOperator(cluster: Cluster, { primaryAddress }: RemoteControlPlane): IstioOperatorSpec {
  return {
    values: {
      global: {
        multiCluster: { clusterName: cluster.istioCluster },
        network: cluster.network,
        ...(primaryAddress === null ? {} : { remotePilotAddress: primaryAddress }),
      },
    },
    components: { ingressGateways: [{ name: 'istio-ingressgateway', enabled: true }] },
  };
}
