import { shellWord } from '../../constructs/delivery/shell-word.ts';
import type { PlanServer } from '../plan/clusters.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { Answer } from './answer.ts';
import { contextsThatMayAsk } from './asking/credential-plugins.ts';
import type { Sleep } from './asking/patiently.ts';
import { changesFor } from './changes-of.ts';
import type { Cluster } from './cluster.ts';
import { readUid } from './facts/identity.ts';
import { kubectlFor, type Reach } from './kubectl.ts';
import type { Problem } from './problem.ts';
import { readServedKinds, type ServedKinds } from './served-kinds.ts';

/** Whether all clusters answer and are those of the plan. If not, nothing may be changed. */
export type Reached =
  | { readonly kind: 'all'; readonly clusters: ReadonlyMap<string, Cluster> }
  | {
      readonly kind: 'problems';
      readonly problems: readonly Problem[];
      /** Those that answer. None if a context leads to another cluster than the plan means: then nothing else may be asked. */
      readonly answering: ReadonlyMap<string, Cluster>;
    };

/** How clusters are reached. */
export interface ReachOptions {
  readonly run: RunProgram;
  /** How many at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** Hears what a credential plugin asks. Null: nobody can answer. @default null */
  readonly onPrompt?: ((text: string) => void) | null;
  /** Waits between two attempts of a call. @default - by the clock of this machine */
  readonly sleep?: Sleep;
}

/** How long a credential plugin may wait for the answer of a person. */
const promptSeconds = 180;

/** Asks each cluster for its identity. A context may lead to another cluster than the plan means. */
export async function reachClusters(servers: readonly PlanServer[], options: ReachOptions): Promise<Reached> {
  return judge(servers, await readUids(servers, options), options);
}

/**
 * The UIDs of clusters, by name. Clusters whose credential plugin may ask come first, one after the other, and only there
 * somebody may answer it; the others side by side.
 */
export async function readUids(
  servers: readonly Pick<PlanServer, 'name' | 'context'>[],
  options: ReachOptions,
): Promise<ReadonlyMap<string, Answer<string>>> {
  const contexts = servers.map(({ context }) => context);
  // Even if nobody can answer: a plugin keeps what it gets for one cluster, and then does not get it for each at once.
  const asking = new Set(options.onPrompt ? await contextsThatMayAsk(options.run, contexts) : contexts.slice(0, 1));
  const first = servers.filter(({ context }) => asking.delete(context));
  const uids = new Map<string, Answer<string>>();
  for (const server of first) uids.set(server.name, await readUid(kubectlFor(asker(server, options))));
  const others = servers.filter(({ name }) => !uids.has(name));
  await sideBySide(others, options.parallel, async (server) => {
    uids.set(server.name, await readUid(kubectlFor(reachOf(server, options))));
  });
  return uids;
}

function reachOf({ context }: Pick<PlanServer, 'context'>, { run, answerSeconds, sleep }: ReachOptions): Reach {
  return { run, context, answerSeconds, ...(sleep === undefined ? {} : { sleep }) };
}

function asker(server: Pick<PlanServer, 'context'>, options: ReachOptions): Reach {
  const { run, onPrompt } = options;
  const reach = reachOf(server, options);
  if (!onPrompt) return reach;
  return { ...reach, run: (call) => run({ ...call, onPrompt, timeoutSeconds: call.timeoutSeconds + promptSeconds }) };
}

function judge(
  servers: readonly PlanServer[],
  uids: ReadonlyMap<string, Answer<string>>,
  options: ReachOptions,
): Reached {
  const owners = new Map<string, string>();
  const clusters = new Map<string, Cluster>();
  let isMistaken = false;
  const problems = servers.flatMap((server): readonly Problem[] => {
    const uid = uids.get(server.name);
    if (uid?.kind !== 'found')
      return [notReached(server, uid?.kind === 'failed' ? uid.reason : 'it has no namespace kube-system')];
    const owner = owners.get(uid.value);
    owners.set(uid.value, owner ?? server.name);
    clusters.set(server.name, clusterOf(server, uid.value, options));
    const mistakes = [...otherCluster(server, uid.value), ...sameCluster(server, uid.value, owner)];
    isMistaken ||= mistakes.length > 0;
    return mistakes;
  });
  if (problems.length === 0) return { kind: 'all', clusters };
  return { kind: 'problems', problems, answering: isMistaken ? new Map() : clusters };
}

function clusterOf(server: PlanServer, uid: string, options: ReachOptions): Cluster {
  const reach = reachOf(server, options);
  let known: Promise<Answer<ServedKinds>> | null = null;
  const readKinds = (): Promise<Answer<ServedKinds>> => {
    known = readServedKinds(reach);
    return known;
  };
  const kinds = { ofNow: readKinds, known: () => known ?? readKinds() };
  return { ...server, uid, kinds, kubectl: kubectlFor(reach), changes: changesFor(reach, kinds.known) };
}

function notReached({ name, context }: PlanServer, reason: string): Problem {
  return {
    problem: `${name}: context ${shellWord(context)} does not answer: ${reason}`,
    fix: `correct the kubeconfig, or name another context: --context ${name}=CONTEXT`,
  };
}

function otherCluster({ name, context, uid: expected }: PlanServer, uid: string): readonly Problem[] {
  if (expected === null || expected === uid) return [];
  return [
    {
      problem: `${name}: context ${shellWord(context)} is the cluster ${uid}, expected ${expected}`,
      fix: `name the right context: --context ${name}=CONTEXT`,
    },
  ];
}

function sameCluster({ name }: PlanServer, uid: string, owner: string | undefined): readonly Problem[] {
  if (owner === undefined) return [];
  return [{ problem: `${name} and ${owner} are one cluster, ${uid}`, fix: 'give each cluster its own context' }];
}
