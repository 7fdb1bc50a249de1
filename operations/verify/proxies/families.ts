import { isIP } from 'node:net';
import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { Problem } from '../../clusters/problem.ts';
import { callOf, type Row } from '../expected/rows.ts';
import { entryPointsIn } from '../links/gateway-links.ts';
import type { Known } from '../links/links.ts';
import type { ClientPod } from './client-pods.ts';

/** The rows that a pod can use, and those of clusters that it cannot reach. */
export interface ReachableRows {
  readonly rows: readonly Row[];
  /** Among `rows`: those of clusters whose gateways have no address of a family of the pod. */
  readonly unreachable: ReadonlySet<Row>;
  readonly problems: readonly Problem[];
}

type Families = Pick<ClientPod, 'families'>;

/** Whether a pod can use an address. The family of a hostname is unknown: istiod resolves it. */
export function fits(host: string, pod: Families | undefined): boolean {
  return pod === undefined || isIP(host) === 0 || pod.families.has(isIP(host));
}

/**
 * Leaves out the addresses of gateways that are of no family of the calling pod: since 1.30 istiod hands none of them out, and
 * before that calls to them failed (1.30.0 pilot/pkg/xds/endpoints/ep_filters.go, filterGatewaysByIPFamily).
 */
export function reachableRows(
  all: readonly Row[],
  pods: ReadonlyMap<string, ClientPod>,
  clusterOf: (name: string) => Known,
): ReachableRows {
  const unreachable = new Set<Row>();
  const left = new Set<Row>();
  const problems = new Map<string, Problem>();
  for (const ways of groupBy(all, (row) => `${callOf(row)} ${row.serving}`).values()) {
    const pod = pods.get(ways[0].client);
    const useless = ways.filter(({ gateway }) => gateway !== null && !isUsable(gateway, pod, clusterOf));
    if (pod === undefined || useless.length === 0) continue;
    if (useless.length < ways.length) for (const row of useless) left.add(row);
    else {
      for (const row of useless) unreachable.add(row);
      problems.set(`${ways[0].client} ${ways[0].serving}`, otherFamily(ways[0], pod));
    }
  }
  return { rows: all.filter((row) => !left.has(row)), unreachable, problems: [...problems.values()] };
}

function isUsable(
  { cluster, address }: NonNullable<Row['gateway']>,
  pod: Families | undefined,
  clusterOf: (name: string) => Known,
): boolean {
  if (address.host !== null) return fits(address.host, pod);
  // Without an address the link is broken, and says so itself.
  const entries = entryPointsIn(clusterOf(cluster), address.port);
  return entries.length === 0 || entries.some(({ host }) => fits(host, pod));
}

function otherFamily({ client, serving }: Row, { namespace, name, families }: ClientPod): Problem {
  const own = [4, 6].filter((family) => families.has(family)).map((family) => `IPv${family}`);
  return {
    problem: `${client}: family: pod ${namespace}/${name} has ${own.join(' and ')} only, and no gateway to ${serving} has such an address`,
    fix: `give the gateway to ${serving} an address of that family, too: clusters[].gateway.address takes a list`,
  };
}
