import type { Cluster, Federation, Gateway } from '../../model/federation.ts';
import { istioNamespace } from '../engines/namespaces.ts';
import { type Condition, literally } from './condition.ts';

/** Name of a gateway's Service and Deployment: those that we write, or those that Istio 1.7 installs. */
export function gatewayName({ istio: { dialect } }: Federation): string {
  return dialect.gatewayPorts === null ? 'istio-eastwestgateway' : 'istio-ingressgateway';
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
    fix:
      expected.length === 0
        ? 'look at the events of the Service: its load balancer may be missing'
        : `correct clusters[].gateway.address of ${cluster.name}, or wait for its load balancer`,
  };
}

type Question = Pick<Condition, 'kind' | 'namespace' | 'name' | 'jsonpath'>;

/** THE table of questions: where each type of gateway shows its addresses. */
const questions: Readonly<Record<Gateway['type'], (name: string) => Question>> = {
  LoadBalancer: (name) => ({
    kind: 'service',
    namespace: istioNamespace,
    name,
    jsonpath: '{.status.loadBalancer.ingress[*].ip} {.status.loadBalancer.ingress[*].hostname}',
  }),
  ExternalIPs: (name) => ({
    kind: 'service',
    namespace: istioNamespace,
    name,
    jsonpath: '{.spec.externalIPs[*]}',
  }),
  // Any node: the external addresses, or the internal ones if there are none.
  NodePort: () => ({
    kind: 'node',
    namespace: null,
    name: null,
    jsonpath: ['ExternalIP', 'InternalIP']
      .map((one) => `{.items[*].status.addresses[?(@.type=="${one}")].address}`)
      .join(' '),
  }),
};
