/** The part of the declaration that decides a value that this app sets. */
interface ValueOwner {
  /** The owner in words. */
  readonly owner: string;
  /** Whether a user can set the value there. */
  readonly isUsable: boolean;
}

/** Values that this app sets, by their path. */
export const istioValueOwners: Readonly<Record<string, ValueOwner>> = {
  'global.configCluster': { owner: 'the topology', isUsable: true },
  'global.externalIstiod': { owner: 'clusters[].controlPlane', isUsable: true },
  'global.hub': { owner: 'istio.hub', isUsable: true },
  'global.imagePullSecrets': { owner: 'images.pullSecrets', isUsable: true },
  'global.istioNamespace': { owner: 'this app, always to istio-system', isUsable: false },
  'global.meshID': { owner: 'istio.meshID', isUsable: true },
  'global.meshNetworks': { owner: 'clusters[].network and clusters[].gateway', isUsable: true },
  'global.multiCluster': { owner: 'clusters[].istioCluster', isUsable: true },
  'global.network': { owner: 'clusters[].network', isUsable: true },
  'global.omitSidecarInjectorConfigMap': { owner: 'clusters[].controlPlane', isUsable: true },
  'global.profile': { owner: 'the topology', isUsable: true },
  'global.remotePilotAddress': { owner: 'gateway.address of the primary', isUsable: true },
  'global.revision': { owner: 'this app: revisions are not supported yet', isUsable: false },
  'global.tag': { owner: 'istio.version', isUsable: true },
  istiodRemote: { owner: 'clusters[].controlPlane', isUsable: true },
  'pilot.configMap': { owner: 'clusters[].controlPlane', isUsable: true },
  'pilot.env.CLUSTER_ID': { owner: 'clusters[].istioCluster', isUsable: true },
  'pilot.env.EXTERNAL_ISTIOD': { owner: 'clusters[].controlPlane', isUsable: true },
  'pilot.hub': { owner: 'istio.hub', isUsable: true },
  'pilot.istiodRemote': { owner: 'clusters[].controlPlane', isUsable: true },
  'pilot.tag': { owner: 'istio.version', isUsable: true },
  profile: { owner: 'the topology', isUsable: true },
  revision: { owner: 'this app: revisions are not supported yet', isUsable: false },
};
