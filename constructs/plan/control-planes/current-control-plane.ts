import { passthroughHosts, serviceHost } from '../../domain/istio/cluster-domain.ts';
import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import { type Component, type PlannedFile, planFile } from '../component.ts';
import type { WaveName } from '../waves.ts';
import { eastWestGateway, ingressGateway } from './gateways.ts';
import { installationFiles } from './installations.ts';
import { istiodEndpoints } from './istiod-endpoints.ts';

/**
 * Current Istio in one cluster: the control plane in the form of its installer, and the gateways as plain objects, the
 * same for all installers. A primary also gets the configuration that opens its gateways and those of its remotes.
 */
export function currentControlPlaneFiles(federation: Federation, cluster: Cluster): readonly PlannedFile[] {
  const isPrimary = cluster.controlPlane.kind === 'primary';
  const cause = `clusters.${cluster.name}`;
  const installation = installationFiles(federation, cluster).map(({ name, component }) =>
    planFile(cluster, isPrimary ? 'controlPlane' : 'remote', name, cause, component),
  );
  const objects = istiodEndpoints(federation, cluster);
  const endpoints =
    objects.length === 0 ? [] : [planFile(cluster, 'remote', 'istiod-endpoints', cause, { kind: 'objects', objects })];
  const gateways = gatewayFiles(federation, cluster, isPrimary ? 'gateways' : 'remoteGateways');
  return [...installation, ...endpoints, ...gateways];
}

function gatewayFiles(federation: Federation, cluster: Cluster, wave: WaveName): readonly PlannedFile[] {
  const { gateway, controlPlane, hasIngressGateway } = cluster;
  const file = (name: string, cause: string, component: Component): PlannedFile =>
    planFile(cluster, wave, name, `clusters.${cluster.name}.${cause}`, component);
  const isExposed = controlPlane.kind === 'primary' && controlPlane.remotes.length > 0 && gateway !== null;
  return [
    ...(gateway === null
      ? []
      : [
          file('eastwest-gateway', 'gateway', {
            kind: 'gateway',
            gateway: eastWestGateway(federation, cluster, gateway),
          }),
        ]),
    ...(hasIngressGateway
      ? [
          file('ingress-gateway', 'ingressGateway', {
            kind: 'gateway',
            gateway: ingressGateway(federation, cluster),
          }),
        ]
      : []),
    ...passthroughFiles(federation, cluster, file),
    ...(isExposed
      ? [
          file('istiod-gateway', 'controlPlane', {
            kind: 'istiodGateway',
            selector: federation.istio.dialect.gatewaySelector,
            istiod: serviceHost('istiod', istioNamespace, federation.istio.clusterDomain),
            hasWebhook: controlPlane.injectsRemotes,
          }),
        ]
      : []),
  ];
}

// One Gateway on the primary opens every gateway that reads its configuration there: its own and those of its remotes.
function passthroughFiles(
  { istio: { dialect, clusterDomain }, clusters }: Federation,
  { name, controlPlane }: Cluster,
  file: (name: string, cause: string, component: Component) => PlannedFile,
): readonly PlannedFile[] {
  if (controlPlane.kind === 'remote') return [];
  const configured = new Set([name, ...controlPlane.remotes]);
  const port = clusters.find((cluster) => configured.has(cluster.name) && cluster.gateway !== null)?.gateway?.port;
  if (port === undefined) return [];
  return [
    file('cross-network-gateway', 'gateway', {
      kind: 'passthroughGateway',
      version: dialect.gatewayVersion,
      name: dialect.passthroughGateway,
      selector: dialect.gatewaySelector,
      port,
      hosts: passthroughHosts(clusterDomain),
    }),
  ];
}
