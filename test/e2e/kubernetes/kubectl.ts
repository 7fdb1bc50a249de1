import { program } from '../build/go.ts';
import type { Cluster } from '../environment.ts';
import { attempt, type Ran, run } from '../machine/run.ts';
import { until } from '../machine/wait.ts';
import { type KubeObject, listOf } from './documents.ts';

/** The words of a kubectl command on one cluster. */
function kubectlCommand(cluster: Cluster, words: readonly string[]): string[] {
  return [program('kubernetes', 'kubectl'), '--kubeconfig', cluster.kubeconfig, '--context', cluster.context, ...words];
}

/** kubectl on one cluster. It must succeed. */
export async function kubectl(cluster: Cluster, words: readonly string[], input = ''): Promise<string> {
  try {
    return await run(kubectlCommand(cluster, words), { input });
  } catch (error) {
    throw new Error(`${cluster.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** kubectl on one cluster, for callers that examine how it fails. */
export function tryKubectl(cluster: Cluster, words: readonly string[], input = ''): Promise<Ran> {
  return attempt(kubectlCommand(cluster, words), { input });
}

/** One object, or undefined if it does not exist. */
export async function find<T>(cluster: Cluster, words: readonly string[]): Promise<T | undefined> {
  const text = await kubectl(cluster, ['get', ...words, '--ignore-not-found', '--output', 'json']);
  return text.trim() === '' ? undefined : (JSON.parse(text) as T);
}

/** One object or list. Throws if it does not exist. */
export async function get<T>(cluster: Cluster, words: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(cluster, ['get', ...words, '--output', 'json'])) as T;
}

/**
 * The objects among these that a cluster has, in their order. One request for all, since each kubectl takes its time.
 */
export async function findAll(cluster: Cluster, objects: readonly KubeObject[]): Promise<KubeObject[]> {
  const words = ['get', '--filename=-', '--ignore-not-found', '--output=json'];
  const text = objects.length === 0 ? '' : await kubectl(cluster, words, listOf(objects));
  if (text.trim() === '') return [];
  const found = JSON.parse(text) as KubeObject & { items?: KubeObject[] };
  return found.items ?? [found];
}

/** Applies YAML or JSON text with strict validation of its fields. */
export function apply(cluster: Cluster, text: string, flags: readonly string[] = []): Promise<string> {
  return kubectl(cluster, ['apply', '--validate=strict', '--filename=-', ...flags], text);
}

/** Waits until a Deployment's pods are the new ones and ready. On failure it reports the state of the pods. */
export async function rolledOut(cluster: Cluster, namespace: string, deployment: string, seconds = 180): Promise<void> {
  const status = ['rollout', 'status', `deployment/${deployment}`, `--namespace=${namespace}`, `--timeout=${seconds}s`];
  const ran = await tryKubectl(cluster, status);
  if (ran.status === 0) return;
  throw new Error(
    `${cluster.name}: deployment ${namespace}/${deployment} does not roll out: ${ran.stderr}${await podsSay(cluster, namespace)}`,
  );
}

/** Pods, their events and the ends of the logs of pods that are not ready. */
async function podsSay(cluster: Cluster, namespace: string): Promise<string> {
  const where = `--namespace=${namespace}`;
  const pods = await tryKubectl(cluster, ['get', 'pods', where, '--output=wide']);
  const events = await tryKubectl(cluster, ['get', 'events', where, '--sort-by=.lastTimestamp']);
  const names = pods.stdout
    .split('\n')
    .slice(1)
    .filter((line) => line !== '' && !/\s(\d+)\/\1\s/.test(line))
    .map((line) => line.split(/\s+/)[0] ?? '');
  const logs = await Promise.all(
    names.map(async (name) => {
      const log = await tryKubectl(cluster, ['logs', name, where, '--all-containers', '--tail=15']);
      return `--- log of ${name} in ${cluster.name} ---\n${log.stdout}${log.stderr}`;
    }),
  );
  return [pods.stdout, events.stdout.split('\n').slice(-15).join('\n'), ...logs].join('\n');
}

/** Waits until an object is gone. */
export async function gone(cluster: Cluster, words: readonly string[], seconds = 120): Promise<void> {
  await until(`${cluster.name}: ${words.join(' ')} is gone`, seconds, async () =>
    (await find<object>(cluster, words)) === undefined ? true : undefined,
  );
}
