/** A pod of a service, and its location. */
export interface Pod {
  readonly address: string;
  readonly network: string;
  readonly version: string;
}

/** Addresses with ports, each with its expected weight relative to the others. */
export type Weights = Readonly<Record<string, number>>;

/**
 * The expected endpoints in the Envoy of a client in one network: the pods of its own network, and for each other
 * network its gateway with a weight equal to the number of pods behind it. No pods of other networks.
 */
export function weightsSeenFrom(
  network: string,
  pods: readonly Pod[],
  port: number,
  gateways: Readonly<Record<string, string>>,
): Weights {
  const weights: Record<string, number> = {};
  for (const pod of pods) {
    const way = pod.network === network ? `${pod.address}:${port}` : gateways[pod.network];
    if (way === undefined) throw new Error(`network ${pod.network} has pods and no gateway`);
    weights[way] = (weights[way] ?? 0) + 1;
  }
  return weights;
}

/** Each version's expected share of all calls: the share of its pods. */
export function sharesOf(pods: readonly Pod[]): Readonly<Record<string, number>> {
  const versions = [...new Set(pods.map((pod) => pod.version))].sort();
  return Object.fromEntries(
    versions.map((version) => [version, pods.filter((pod) => pod.version === version).length / pods.length]),
  );
}
