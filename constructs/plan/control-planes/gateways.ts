import { isIPv6 } from 'node:net';
import type { GatewayPort, GatewayService, GatewaySpec } from '../../domain/istio/gateway-spec.ts';
import type { Cluster, Federation, Gateway } from '../../model/federation.ts';

/** Ports on which the proxy of a gateway itself listens, besides those of its Service. */
const statusPort: GatewayPort = { name: 'status-port', port: 15021, targetPort: 15021 };

// Ports of the primary's istiod that remotes need; 1.31.0 samples/multicluster/expose-istiod.yaml.
const istiodPorts: readonly GatewayPort[] = [{ name: 'tls-istiod', port: 15012, targetPort: 15012 }];
const webhookPorts: readonly GatewayPort[] = [{ name: 'tls-webhook', port: 15017, targetPort: 15017 }];

/** The port on which the gateway's pods accept calls from other networks, whatever the port of the Service is. */
const passthroughPort = 15443;

/** The gateway through which other networks reach a cluster. */
export function eastWestGateway(federation: Federation, cluster: Cluster, gateway: Gateway): GatewaySpec {
  const { controlPlane, network } = cluster;
  const isPrimary = controlPlane.kind === 'primary';
  return {
    name: 'istio-eastwestgateway',
    selector: federation.istio.dialect.gatewaySelector,
    network,
    // Without the view, the gateway could send an incoming call back to its origin (seen on 1.31).
    requestedNetworkView: network,
    pullSecrets: federation.istio.pullSecrets,
    service: {
      ...serviceOf(gateway),
      labels: {
        'topology.istio.io/network': network,
        // istiod announces port 15443 of a labelled Service, or the port that this label names.
        ...(gateway.port === passthroughPort ? {} : { 'networking.istio.io/gatewayPort': String(gateway.port) }),
      },
      ports: [
        statusPort,
        { name: 'tls', port: gateway.port, targetPort: passthroughPort },
        ...(isPrimary && controlPlane.remotes.length > 0 ? istiodPorts : []),
        ...(isPrimary && controlPlane.injectsRemotes ? webhookPorts : []),
      ],
    },
  };
}

/** A gateway for callers from outside the mesh. */
export function ingressGateway(federation: Federation, { network }: Cluster): GatewaySpec {
  return {
    name: 'istio-ingressgateway',
    selector: { istio: 'ingressgateway' },
    network,
    requestedNetworkView: null,
    pullSecrets: federation.istio.pullSecrets,
    service: {
      type: 'LoadBalancer',
      annotations: {},
      externalIps: [],
      loadBalancerIp: null,
      sourceRanges: [],
      ipFamilies: [],
      labels: {},
      ports: [
        statusPort,
        // Above 1023, so that the pod needs no privilege.
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  };
}

function serviceOf(gateway: Gateway): Omit<GatewayService, 'labels' | 'ports'> {
  const { type, addresses, annotations, loadBalancerIp, sourceRanges } = gateway;
  return {
    type: type === 'ExternalIPs' ? 'ClusterIP' : type,
    annotations: {
      // Selects the nodes whose ExternalIP addresses count: all nodes. Without it istiod ignores a NodePort gateway,
      // and callers get the addresses of the pods (1.31.0 pilot/pkg/serviceregistry/kube/controller/network.go).
      ...(type === 'NodePort' ? { 'traffic.istio.io/nodeSelector': '{}' } : {}),
      ...annotations,
    },
    externalIps: type === 'ExternalIPs' ? addresses : [],
    loadBalancerIp,
    sourceRanges,
    ipFamilies: ipFamiliesOf(addresses),
  };
}

type IpFamily = 'IPv4' | 'IPv6';

// IP families are written only if they differ from the cluster's default, that is, for a gateway with an IPv6 address.
function ipFamiliesOf(addresses: readonly string[]): readonly IpFamily[] {
  if (!addresses.some((address) => isIPv6(address))) return [];
  return [...new Set(addresses.map((address): IpFamily => (isIPv6(address) ? 'IPv6' : 'IPv4')))];
}
