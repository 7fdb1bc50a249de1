import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { type Problem, shown } from '../clusters/problem.ts';
import type { DeliveredObjects } from './expected/delivered-objects.ts';
import { endpointOf, type Row } from './expected/rows.ts';
import { readKnownClusters } from './links/known-clusters.ts';
import { checkLinks, type Known, secretsOf } from './links/links.ts';
import { callServices } from './proxies/call-services.ts';
import type { ClientChoice } from './proxies/client-pods.ts';
import { type Compared, compareEndpoints } from './proxies/compare.ts';
import { explainMissing } from './proxies/explain-missing.ts';
import { reachableRows } from './proxies/families.ts';
import { type FoundClients, findClients } from './proxies/find-clients.ts';
import type { Verdict, VerdictRow } from './verify.ts';

/** Inputs of the check of a mesh whose clusters are reached. */
export interface MeshInputs {
  readonly plan: PlanJson;
  readonly objects: DeliveredObjects;
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** Number of calls to each service from each cluster. */
  readonly calls: number;
  readonly path: string;
  /** The only Deployment whose pods may call, or null. */
  readonly client: ClientChoice['deployment'];
  /** How many clusters are asked at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** How long to wait until the endpoints match. */
  readonly waitSeconds: number;
  /** Hears of progress. */
  readonly say: (line: string) => void;
}

/** Checks the links, the endpoints and the calls of a mesh whose clusters are reached. */
export async function checkMesh(planned: readonly Row[], inputs: MeshInputs): Promise<Verdict> {
  const { plan, objects, parallel, waitSeconds } = inputs;
  const clusters = await readKnownClusters(planned, inputs.clusters, plan, parallel);
  const clusterOf = (name: string): Known => {
    const cluster = clusters.get(name);
    if (cluster === undefined) throw new Error(`${name} is in no row`);
    return cluster;
  };
  const links = checkLinks(planned, { of: clusterOf, secretFor: secretsOf(plan), objects });
  const clients = await findClients(planned, { ...inputs, clusterOf });
  const { rows, unreachable, problems } = reachableRows(planned, clients.pods, clusterOf);
  const former = [...links.problems, ...clients.problems, ...problems];
  // With a broken link there is nothing to wait for.
  const wait = former.length === 0 ? waitSeconds : 0;
  const compared = await compareEndpoints(rows, { clusterOf, pods: clients.pods, parallel, waitSeconds: wait });
  const unexplained = compared.rows.flatMap(({ row, state }) =>
    state === 'missing' &&
    compared.live.get(row.client)?.kind === 'found' &&
    !links.isBroken(row) &&
    !unreachable.has(row)
      ? row
      : [],
  );
  const missing = await explainMissing(unexplained, clusterOf, parallel);
  const counted = await callServices(compared, clients.pods, inputs);
  return {
    rows: verdictRows(compared, new Map(counted.flatMap(({ counts }) => [...counts]))),
    problems: [
      ...former,
      ...silentProxies(compared, clients.pods),
      ...missing,
      ...unexpectedEndpoints(compared),
      ...counted.flatMap(({ problems }) => problems),
    ],
  };
}

function silentProxies({ live }: Compared, pods: FoundClients['pods']): readonly Problem[] {
  return [...pods].flatMap(([cluster, { namespace, name }]) => {
    const answer = live.get(cluster);
    if (answer?.kind !== 'failed') return [];
    const problem = `${cluster}: the proxy of pod ${namespace}/${name} does not answer: ${answer.reason}`;
    return [{ problem, fix: 'name another Deployment: --client NAMESPACE/DEPLOYMENT' }];
  });
}

function unexpectedEndpoints({ unexpected }: Compared): readonly Problem[] {
  return unexpected.map(({ row, endpoint }) => ({
    problem: `${row.client}: ${row.host}:${row.port} is also called at ${shown(endpoint)}, where nothing is expected`,
    fix: `a pod's address in another network leads nowhere: istiod of ${row.primary} does not know the gateway there`,
  }));
}

function verdictRows({ rows, unexpected }: Compared, counts: ReadonlyMap<Row, number>): readonly VerdictRow[] {
  const common = ({ client, host, port }: Row) => ({ client, service: host, port });
  return [
    ...rows.map(({ row, state }) => ({
      ...common(row),
      serving: row.serving,
      endpoint: endpointOf(row),
      state,
      calls: counts.get(row) ?? null,
    })),
    ...unexpected.map(({ row, endpoint }) => ({
      ...common(row),
      serving: null,
      endpoint,
      state: 'unexpected' as const,
      calls: null,
    })),
  ];
}
