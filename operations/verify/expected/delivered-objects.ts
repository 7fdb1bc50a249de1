import { readPlannedObjects } from '../../plan/planned-objects.ts';

/** Two facts about the objects that are applied directly, and not by an engine. */
export interface DeliveredObjects {
  /** The Deployments of a cluster as `NAMESPACE/NAME`. The test client is one. */
  readonly deploymentsOf: (cluster: string) => ReadonlySet<string>;
  /** Whether the gateway of a cluster is the output's own. That of istioctl on Istio 1.7 has no network label. */
  readonly hasOwnGateway: (cluster: string) => boolean;
}

/**
 * Reads `objects.tsv` of an output.
 *
 * @throws UserMistake when it is missing or wrong
 */
export function readDeliveredObjects(directory: string): DeliveredObjects {
  const deployments = new Map<string, Set<string>>();
  const gateways = new Set<string>();
  for (const { cluster, kind, namespace, name } of readPlannedObjects(directory)) {
    if (kind === 'Service' && name === 'istio-eastwestgateway') gateways.add(cluster);
    if (kind !== 'Deployment') continue;
    const known = deployments.get(cluster) ?? new Set();
    deployments.set(cluster, known.add(`${namespace}/${name}`));
  }
  return {
    deploymentsOf: (cluster) => deployments.get(cluster) ?? new Set(),
    hasOwnGateway: (cluster) => gateways.has(cluster),
  };
}
