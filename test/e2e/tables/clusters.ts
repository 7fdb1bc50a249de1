/** Addresses and ranges of IPv6, with the same meanings as those of IPv4. */
export interface SecondFamily {
  readonly address: string;
  readonly furtherAddresses: readonly string[];
  readonly services: string;
  readonly pods: string;
}

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
  /** The second family of the node, its pods and its Services. @default - IPv4 only */
  readonly ipv6?: SecondFamily;
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

/** THE table of clusters with both families. Each has a network of its own. */
export const DUAL_STACK_CLUSTERS: readonly ClusterRow[] = [
  dualStack(21, 'dual-host', 'network1', 'region-1', 'region-1a'),
  dualStack(22, 'dual-member', 'network2', 'region-2', 'region-2a'),
];

/** The API server on which Karmada stores templates and policies. It is separate from its members. */
export const FEDERATION: ClusterRow = {
  ...row(12, 'federation', 'network12', 'region-12', 'region-12a'),
  isFederation: true,
};

/** The cluster of the table with this name. */
export function cluster(name: string): ClusterRow {
  const all = [...CLUSTERS, ...DUAL_STACK_CLUSTERS];
  const found = all.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`no cluster ${JSON.stringify(name)}; the tables have ${all.map((one) => one.name).join(', ')}`);
  }
  return found;
}

/** A cluster for any name in a declaration: the table's row, or else a row with a network of its own. */
export function clusterRow(name: string, position: number): ClusterRow {
  const index = CLUSTERS.length + 1 + position;
  return (
    [...CLUSTERS, ...DUAL_STACK_CLUSTERS, FEDERATION].find((one) => one.name === name) ??
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

function dualStack(index: number, name: string, network: string, region: string, zone: string): ClusterRow {
  return {
    ...row(index, name, network, region, zone),
    // Beyond the numbers for which `row` has a range.
    pods: `10.90.${index}.0/24`,
    ipv6: {
      address: `fd00:e2e::${10 + index}`,
      furtherAddresses: [1, 2, 3].map((last) => `fd00:e2e::${index}:${last}`),
      services: secondServices(index),
      pods: `fd00:e2e:${index}:1::/64`,
    },
  };
}

/** The range of a cluster's Services with IPv6 addresses. On a cluster with one family, no route leads to it. */
export function secondServices(index: number): string {
  return `fd00:e2e:${index}::/112`;
}
