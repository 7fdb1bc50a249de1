import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { Row } from '../expected/rows.ts';
import { type Parts, readLinkFacts } from './link-facts.ts';
import type { Known } from './links.ts';

/** Reads the facts about the links of all clusters. Each is asked only for those that its parts in the rows need. */
export async function readKnownClusters(
  rows: readonly Row[],
  clusters: ReadonlyMap<string, Cluster>,
  { steps }: PlanJson,
  parallel: number,
): Promise<ReadonlyMap<string, Known>> {
  const primaries = new Set(rows.map(({ primary }) => primary));
  const serving = new Set(rows.map((row) => row.serving));
  const gateways = new Set(rows.flatMap(({ gateway }) => gateway?.cluster ?? []));
  const readers = new Set(steps.flatMap(({ action, target }) => (action === 'remote-secret' ? target.name : [])));
  const known = await sideBySide([...clusters.values()], parallel, async (cluster) => {
    const { name, kubectl } = cluster;
    const parts: Parts = {
      reads: primaries.has(name) && readers.has(name),
      hasGateway: gateways.has(name),
      serves: serving.has(name),
    };
    return { ...cluster, facts: await readLinkFacts(kubectl, parts) };
  });
  return new Map(known.map((cluster) => [cluster.name, cluster]));
}
