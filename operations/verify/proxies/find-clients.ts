import type { Cluster } from '../../clusters/cluster.ts';
import type { Problem } from '../../clusters/problem.ts';
import { untold } from '../../clusters/untold.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { DeliveredObjects } from '../expected/delivered-objects.ts';
import { namespaceOf, type Row } from '../expected/rows.ts';
import { type ClientChoice, type ClientPod, findClientPod } from './client-pods.ts';

/** The pods that stand for the callers of all clusters. */
export interface FoundClients {
  /** By cluster; none for a cluster that has a problem. */
  readonly pods: ReadonlyMap<string, ClientPod>;
  readonly problems: readonly Problem[];
}

/** Inputs of the search. */
export interface ClientInputs {
  readonly clusterOf: (name: string) => Cluster;
  readonly objects: DeliveredObjects;
  /** The only Deployment whose pods may call, or null. */
  readonly client: ClientChoice['deployment'];
  /** Number of calls to each service. */
  readonly calls: number;
  readonly parallel: number;
}

/** Finds a pod in each cluster that calls. */
export async function findClients(
  rows: readonly Row[],
  { clusterOf, objects, client: deployment, calls, parallel }: ClientInputs,
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
