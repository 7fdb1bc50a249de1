import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { DeliveredObjects } from './expected/delivered-objects.ts';
import { endpointOf, namespaceOf, type Row } from './expected/rows.ts';
import type { Reached } from './identify.ts';
import { type Parts, readLinkFacts } from './links/link-facts.ts';
import { checkLinks, type Known, secretsOf } from './links/links.ts';
import { explainMissing } from './links/service-links.ts';
import { type Problem, shown, untold } from './problem.ts';
import { type CountedCalls, countCalls } from './proxies/calls.ts';
import { type ClientChoice, type ClientPod, findClientPod } from './proxies/client-pods.ts';
import { type Compared, compareEndpoints } from './proxies/compare.ts';
import type { Verdict, VerdictRow } from './verify.ts';

/** Inputs of the check of a mesh whose clusters are reached. */
export interface MeshInputs {
  readonly plan: PlanJson;
  readonly objects: DeliveredObjects;
  readonly clusters: ReadonlyMap<string, Reached>;
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
export async function checkMesh(rows: readonly Row[], inputs: MeshInputs): Promise<Verdict> {
  const { plan, objects, parallel, waitSeconds } = inputs;
  const clusters = await readClusters(rows, inputs);
  const clusterOf = (name: string): Known => {
    const cluster = clusters.get(name);
    if (cluster === undefined) throw new Error(`${name} is in no row`);
    return cluster;
  };
  const links = checkLinks(rows, { of: clusterOf, secretFor: secretsOf(plan), objects });
  const clients = await findClients(rows, clusterOf, inputs);
  const former = [...links.problems, ...clients.problems];
  // With a broken link there is nothing to wait for.
  const wait = former.length === 0 ? waitSeconds : 0;
  const compared = await compareEndpoints(rows, { clusterOf, pods: clients.pods, parallel, waitSeconds: wait });
  const unexplained = compared.rows.flatMap(({ row, state }) =>
    state === 'missing' && compared.live.get(row.client)?.kind === 'found' && !links.isBroken(row) ? row : [],
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

async function readClusters(
  rows: readonly Row[],
  { clusters, plan, parallel }: MeshInputs,
): Promise<ReadonlyMap<string, Known>> {
  const primaries = new Set(rows.map(({ primary }) => primary));
  const serving = new Set(rows.map((row) => row.serving));
  const gateways = new Set(rows.flatMap(({ gateway }) => gateway?.cluster ?? []));
  const readers = new Set(plan.steps.flatMap(({ action, target }) => (action === 'remote-secret' ? target.name : [])));
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

interface FoundClients {
  readonly pods: ReadonlyMap<string, ClientPod>;
  readonly problems: readonly Problem[];
}

async function findClients(
  rows: readonly Row[],
  clusterOf: (name: string) => Known,
  { client: deployment, objects, calls, parallel }: MeshInputs,
): Promise<FoundClients> {
  const namespaces = new Map<string, Set<string>>();
  for (const { client, host } of rows)
    namespaces.set(client, (namespaces.get(client) ?? new Set<string>()).add(namespaceOf(host)));
  const names = [...namespaces.keys()];
  const answers = await sideBySide(names, parallel, (name) => {
    const direct = objects.deploymentsOf(name);
    const all = [...(namespaces.get(name) ?? []), ...[...direct].map((one) => one.split('/')[0] ?? '')];
    const looked = all.filter((namespace) => namespace !== 'istio-system');
    return findClientPod(clusterOf(name), { deployment, namespaces: looked, direct, needsCurl: calls > 0 });
  });
  const pods = new Map<string, ClientPod>();
  const problems: Problem[] = [];
  names.forEach((name, index) => {
    const answer = answers[index] ?? { kind: 'absent' };
    if (answer.kind === 'found') pods.set(name, answer.value);
    else if (answer.kind === 'failed') problems.push(untold('sidecar', clusterOf(name), 'its pods', answer.reason));
    else problems.push(noClient(name, deployment));
  });
  return { pods, problems };
}

function noClient(cluster: string, deployment: ClientChoice['deployment']): Problem {
  const of = deployment === null ? '' : ` in Deployment ${deployment.namespace}/${deployment.name}`;
  return {
    problem: `${cluster}: sidecar: found no pod with a ready sidecar${of}`,
    fix: 'wait until the workloads are rolled out; restart pods that are older than the injector',
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

async function callServices(
  { rows, live, readyPods }: Compared,
  pods: FoundClients['pods'],
  { calls, path, answerSeconds, parallel, say }: MeshInputs,
): Promise<readonly CountedCalls[]> {
  if (calls === 0) return [];
  return sideBySide([...pods.values()], parallel, async (pod) => {
    const { name } = pod.cluster;
    // That was reported already.
    if (live.get(name)?.kind !== 'found') return { counts: new Map(), problems: [] };
    if (pod.hasCurl === true) return countCalls(pod, rows, { calls, path, answerSeconds, readyPods, say });
    const problem = `${name}: no pod with a sidecar has curl, so nothing was called from there`;
    const fix = 'name a Deployment with curl: --client NAMESPACE/DEPLOYMENT, or compare endpoints only: --calls 0';
    return { counts: new Map(), problems: [{ problem, fix }] };
  });
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
