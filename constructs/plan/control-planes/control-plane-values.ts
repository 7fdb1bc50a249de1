import type { IstioValues } from '../../../imports/istio-values.ts';
import { mergeValues } from '../../domain/json/merge-values.ts';
import type { Cluster, Federation, RemoteControlPlane } from '../../model/federation.ts';

/**
 * The chart values of current Istio in one cluster: the one model that every installer gets. What the declaration
 * says lies over the user's own values; a rule has refused values that both would set.
 */
export function controlPlaneValues(federation: Federation, cluster: Cluster): IstioValues {
  const { controlPlane, istio } = cluster;
  const own = mergeValues(
    commonValues(federation, cluster),
    controlPlane.kind === 'remote' ? remoteValues(cluster, controlPlane) : {},
  );
  // Gives a primary the rights and the duty to write the root certificate and the webhook's trust into its remotes.
  const primary: IstioValues =
    controlPlane.kind === 'primary' && controlPlane.injectsRemotes ? { global: { externalIstiod: true } } : {};
  return mergeValues(istio.values, mergeValues(own, primary));
}

function commonValues(
  { istio: { meshID, version, pullSecrets } }: Federation,
  { istioCluster, network, istio }: Cluster,
): IstioValues {
  return {
    global: {
      hub: istio.hub,
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: [...pullSecrets] }),
      meshID,
      multiCluster: { clusterName: istioCluster },
      network,
      tag: version,
    },
  };
}

function remoteValues(
  { istioCluster, network }: Cluster,
  { primaryAddress, injector }: RemoteControlPlane,
): IstioValues {
  // Without a known address the installation step supplies it.
  const address = primaryAddress === null ? {} : { remotePilotAddress: primaryAddress };
  if (injector === 'primary')
    return {
      global: address,
      istiodRemote: { injectionPath: `/inject/cluster/${istioCluster}/net/${network}` },
    };
  // An istiod of its own injects and certifies; only xDS comes from the primary. Profile `remote` leaves out the
  // mesh's and the injector's ConfigMaps, without which that istiod would serve as a primary (1.31.0
  // manifests/charts/istio-control/istio-discovery/templates/configmap.yaml).
  return {
    global: { ...address, omitSidecarInjectorConfigMap: false },
    istiodRemote: { enabledLocalInjectorIstiod: true },
    pilot: { configMap: true },
  };
}
