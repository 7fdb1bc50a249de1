import type { IstioValues } from '../../../imports/istio-values.ts';
import type { SafeVariable } from '../../domain/istio/releases.ts';
import { mergeValues } from '../../domain/json/merge-values.ts';
import type { Cluster, Federation, RemoteControlPlane } from '../../model/federation.ts';
import { dualStackVariable, isDualStack } from './dual-stack.ts';

/**
 * The chart values of current Istio in one cluster: the single model for every installer. Values from the declaration
 * override the user's own values; a rule has refused values that both would set.
 */
export function controlPlaneValues(federation: Federation, cluster: Cluster): IstioValues {
  const { controlPlane } = cluster;
  const own = mergeValues(
    commonValues(federation, cluster),
    controlPlane.kind === 'remote' ? remoteValues(cluster, controlPlane) : {},
  );
  // Allows and tells a primary to write the root certificate and the webhook's trust into its remotes.
  const primary: IstioValues =
    controlPlane.kind === 'primary' && controlPlane.injectsRemotes ? { global: { externalIstiod: true } } : {};
  return mergeValues(userValues(federation, cluster), mergeValues(own, primary));
}

// Our corrections of upstream defaults rank below the user's settings, in either of the two lists of variables.
function userValues(federation: Federation, cluster: Cluster): IstioValues {
  const { values } = cluster.istio;
  const fromElsewhere: readonly { readonly name?: unknown }[] = values.pilot?.envVarFrom ?? [];
  const missing = variablesOf(federation, cluster).filter(
    ({ name }) => !fromElsewhere.some((variable) => variable.name === name),
  );
  if (missing.length === 0) return values;
  const env = Object.fromEntries(missing.map(({ name, value }) => [name, value]));
  return mergeValues(mergeValues({ pilot: { env } }, proxyValues(federation, cluster)), values);
}

function variablesOf(federation: Federation, cluster: Cluster): readonly SafeVariable[] {
  const own = cluster.controlPlane.kind === 'primary' ? federation.istio.safeVariables : [];
  return isDualStack(federation, cluster) ? [...own, dualStackVariable] : own;
}

// istiod and the proxies both need the variable (istio.io docs/setup/additional-setup/dual-stack).
function proxyValues(federation: Federation, cluster: Cluster): IstioValues {
  if (!isDualStack(federation, cluster)) return {};
  const { name, value } = dualStackVariable;
  return { meshConfig: { defaultConfig: { proxyMetadata: { [name]: value } } } };
}

/** Reasons for values that neither the user nor the topology asks for: lines for the reviewer of the file. */
export function notesOn({ pilot }: IstioValues, federation: Federation, cluster: Cluster): readonly string[] {
  return variablesOf(federation, cluster)
    .filter(({ name, value }) => pilot?.env?.[name] === value)
    .map(({ name, value, reason }) => `${name} is ${value}: ${reason}.`);
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
  // If the address is not known yet, the installation step supplies it.
  const address = primaryAddress === null ? {} : { remotePilotAddress: primaryAddress };
  if (injector === 'primary')
    return {
      global: address,
      istiodRemote: { injectionPath: `/inject/cluster/${istioCluster}/net/${network}` },
    };
  // A local istiod injects sidecars and issues certificates; only xDS comes from the primary. Profile `remote` leaves
  // out the ConfigMaps of the mesh and the injector, and without them that istiod would serve as a primary (1.31.0
  // manifests/charts/istio-control/istio-discovery/templates/configmap.yaml).
  return {
    global: { ...address, omitSidecarInjectorConfigMap: false },
    istiodRemote: { enabledLocalInjectorIstiod: true },
    pilot: { configMap: true },
  };
}
