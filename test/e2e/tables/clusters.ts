/** One cluster of the machine: one node on the shared bridge, in a network of its own or in a shared network. */
export interface ClusterRow {
  readonly name: string;
  /** Number in the names of the interfaces, unique on a machine. */
  readonly index: number;
  /** The node's address, which every other cluster reaches. */
  readonly address: string;
  /** The node's further addresses, for LoadBalancer Services after the first. */
  readonly furtherAddresses: readonly string[];
  readonly services: string;
  readonly dns: string;
  readonly pods: string;
  /** Clusters of one network reach each other's pods. */
  readonly network: string;
  readonly region: string;
  readonly zone: string;
  /** Whether it is a federation's own API server: it stores templates and runs no workloads. @default false */
  readonly isFederation?: boolean;
}

/** The machine's own address on the bridge, at which the registry listens. */
export const BRIDGE_ADDRESS = '172.30.0.1';

/** The registry in which every cluster's container runtime finds the images, whatever registry their names contain. */
export const REGISTRY = `${BRIDGE_ADDRESS}:5000`;

/**
 * THE table of clusters. `twin` shares member's network: pods of the two reach each other, so they need no gateway
 * between them. Other names are allowed if only API servers are needed: see clusterRow.
 */
export const CLUSTERS: readonly ClusterRow[] = [
  row(1, 'host', 'network1', 'region-1', 'region-1a'),
  row(2, 'member', 'network2', 'region-2', 'region-2a'),
  row(3, 'edge', 'network3', 'region-3', 'region-3a'),
  row(4, 'twin', 'network2', 'region-2', 'region-2b'),
];

/** The API server on which Karmada stores templates and policies. It is separate from its members. */
export const FEDERATION: ClusterRow = {
  ...row(12, 'federation', 'network12', 'region-12', 'region-12a'),
  isFederation: true,
};

/** The cluster of the table with this name. */
export function cluster(name: string): ClusterRow {
  const found = CLUSTERS.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`no cluster ${JSON.stringify(name)}; the table has ${CLUSTERS.map((one) => one.name).join(', ')}`);
  }
  return found;
}

/** A cluster for any name in a declaration: the table's row, or else a row with a network of its own. */
export function clusterRow(name: string, position: number): ClusterRow {
  const index = CLUSTERS.length + 1 + position;
  return (
    [...CLUSTERS, FEDERATION].find((one) => one.name === name) ??
    row(index, name, `network${index}`, `region-${index}`, `region-${index}a`)
  );
}

function row(index: number, name: string, network: string, region: string, zone: string): ClusterRow {
  return {
    name,
    index,
    address: `172.30.0.${10 + index}`,
    furtherAddresses: [1, 2, 3].map((last) => `172.30.${index}.${last}`),
    services: `10.${95 + index}.0.0/16`,
    dns: `10.${95 + index}.0.10`,
    pods: `10.${243 + index}.0.0/24`,
    network,
    region,
    zone,
  };
}
