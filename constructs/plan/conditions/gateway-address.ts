import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Cluster, Federation, Gateway } from '../../model/federation.ts';
import { type Condition, literally } from './condition.ts';

/** Name of a gateway's Service and Deployment: those that we write, or those that Istio 1.7 installs. */
export function gatewayName({ istio: { dialect } }: Federation): string {
  return dialect.gatewayPorts === null ? 'istio-eastwestgateway' : 'istio-ingressgateway';
}

/**
 * Whether the gateway of a cluster needs an IP address. The API server of a remote calls the injector of its primary through
 * Service istiod, which a hostname makes an ExternalName: no API server calls such a Service, so that no pod would be
 * injected (istio/istio#45014). Istio 1.7 resolves no hostname, and puts it into an Endpoints, which takes none.
 */
export function needsIp({ istio: { dialect } }: Federation, { controlPlane }: Cluster): boolean {
  return !dialect.resolvesHostnames || (controlPlane.kind === 'primary' && controlPlane.injectsRemotes);
}

/** Ways out for a gateway that needs an IP address and has a hostname. */
export const fixOfHostname =
  'reserve an IP address for its load balancer; or, from Istio 1.27 on, give its remotes injector: local; or use topology: multi-primary';

/** Holds if the address of a gateway is an IP address. Nobody waits: a hostname stays one. */
export function hasIp(federation: Federation, cluster: Cluster, gateway: Gateway): readonly Condition[] {
  if (!needsIp(federation, cluster)) return [];
  const address = hasGatewayAddress(federation, cluster, gateway, []);
  // The last part of a hostname begins with a letter.
  return [{ ...address, pattern: '[0-9.]+|.*:.*', isAwaited: false, fix: fixOfHostname }];
}

/** Holds as soon as the gateway of a cluster has an address: one of the expected ones, if any are expected. */
export function hasGatewayAddress(
  federation: Federation,
  cluster: Cluster,
  { type }: Gateway,
  expected: readonly string[],
): Condition {
  return {
    at: cluster,
    ...questions[type](gatewayName(federation)),
    match: 'address',
    pattern: expected.length === 0 ? null : expected.map(literally).join('|'),
    isAwaited: true,
    fix: fixOf(type, cluster, expected),
  };
}

function fixOf(type: Gateway['type'], { name }: Cluster, expected: readonly string[]): string {
  if (type === 'NodePort')
    return `istiod takes the addresses of type ExternalIP of nodes, and no others: without one, use type: ExternalIPs for ${name}`;
  return expected.length === 0
    ? 'look at the events of the Service: its load balancer may be missing'
    : `correct clusters[].gateway.address of ${name}, or wait for its load balancer`;
}

type Question = Pick<Condition, 'kind' | 'namespace' | 'name' | 'jsonpath'>;

/**
 * THE table of questions: where each type of gateway shows its addresses. The first word of each line is one, so that an IP
 * address comes before the hostname of its load balancer, as istiod takes them.
 */
const questions: Readonly<Record<Gateway['type'], (name: string) => Question>> = {
  LoadBalancer: (name) => ({
    kind: 'service',
    namespace: istioNamespace,
    name,
    jsonpath: '{range .status.loadBalancer.ingress[*]}{.ip} {.hostname}{"\\n"}{end}',
  }),
  ExternalIPs: (name) => ({
    kind: 'service',
    namespace: istioNamespace,
    name,
    jsonpath: '{range .spec.externalIPs[*]}{@}{"\\n"}{end}',
  }),
  // Any node with one: istiod takes no address of another type.
  NodePort: () => ({
    kind: 'node',
    namespace: null,
    name: null,
    jsonpath: '{range .items[*]}{.status.addresses[?(@.type=="ExternalIP")].address}{"\\n"}{end}',
  }),
};
