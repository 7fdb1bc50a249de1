/** Namespace of Istio's control plane and gateways. */
export const istioNamespace = 'istio-system';

/** Labels by their keys. */
export type Labels = Readonly<Record<string, string>>;

/** Labels of the namespace of a workload. */
export const workloadNamespaceLabels: Labels = { 'istio-injection': 'enabled' };

/**
 * Labels of istio-system in a cluster of current Istio. Never `istio-injection: disabled`: the injector completes the
 * gateways in this namespace.
 */
export function istioNamespaceLabels(network: string): Labels {
  return { 'topology.istio.io/network': network };
}
