/** A pod of a service, and where it runs. */
export interface Pod {
  readonly address: string;
  readonly network: string;
  readonly version: string;
}

/** Addresses with ports, each with the weight that it must have among the others. */
export type Weights = Readonly<Record<string, number>>;

/**
 * What the Envoy of a client in one network must send calls to: its own network's pods directly, and for each other
 * network its gateway, which weighs as much as there are pods behind it. Nothing else: no pod of another network.
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

/** The part of all calls that each version must answer: that of its pods. */
export function sharesOf(pods: readonly Pod[]): Readonly<Record<string, number>> {
  const versions = [...new Set(pods.map((pod) => pod.version))].sort();
  return Object.fromEntries(
    versions.map((version) => [version, pods.filter((pod) => pod.version === version).length / pods.length]),
  );
}
