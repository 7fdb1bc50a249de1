import { isIPv6 } from 'node:net';
import type { GatewayPort, GatewayService, GatewaySpec } from '../../domain/istio/gateway-spec.ts';
import type { Cluster, Federation, Gateway } from '../../model/federation.ts';

/** Ports that the proxy of a gateway itself listens on, beside those of its Service. */
const statusPort: GatewayPort = { name: 'status-port', port: 15021, targetPort: 15021 };

// What remotes need of their primary's istiod; 1.31.0 samples/multicluster/expose-istiod.yaml.
const istiodPorts: readonly GatewayPort[] = [{ name: 'tls-istiod', port: 15012, targetPort: 15012 }];
const webhookPorts: readonly GatewayPort[] = [{ name: 'tls-webhook', port: 15017, targetPort: 15017 }];

/** Where the gateway's pods take calls from other networks, whatever the port of the Service is. */
const passthroughPort = 15443;

/** The gateway through which other networks reach a cluster. */
export function eastWestGateway(federation: Federation, cluster: Cluster, gateway: Gateway): GatewaySpec {
  const { controlPlane, network } = cluster;
  const isPrimary = controlPlane.kind === 'primary';
  return {
    name: 'istio-eastwestgateway',
    selector: federation.istio.dialect.gatewaySelector,
    network,
    // Without it a call that arrives could be sent back to where it came from (seen on 1.31).
    requestedNetworkView: network,
    pullSecrets: federation.istio.pullSecrets,
    service: {
      ...serviceOf(gateway),
      labels: {
        'topology.istio.io/network': network,
        // istiod hands out port 15443 of a labelled Service, or the one that this label names.
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
      // Which nodes' ExternalIP addresses count: all. Without it istiod ignores a NodePort gateway, and callers get
      // the pods' own addresses (1.31.0 pilot/pkg/serviceregistry/kube/controller/network.go).
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

// Only what differs from the cluster's default is written: a gateway with an IPv6 address.
function ipFamiliesOf(addresses: readonly string[]): readonly IpFamily[] {
  if (!addresses.some((address) => isIPv6(address))) return [];
  return [...new Set(addresses.map((address): IpFamily => (isIPv6(address) ? 'IPv6' : 'IPv4')))];
}
