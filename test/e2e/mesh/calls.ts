import type { Cluster } from '../environment.ts';
import { kubectl } from '../kubernetes/kubectl.ts';

/** How often each version answered; `failed` counts calls without an answer. */
export type Counts = Readonly<Record<string, number>>;

/** Calls helloworld again and again from a client pod, as the tutorial's loop does, and counts who answered. */
export async function callHelloworld(from: Cluster, namespace: string, client: string, calls: number): Promise<Counts> {
  return count(await inClient(from, namespace, client, `for i in $(seq ${calls}); do ${callOf(namespace)}; done`));
}

/** The same, one call after the other for as long as something else takes. */
export async function callMeanwhile(
  from: Cluster,
  namespace: string,
  client: string,
  work: () => Promise<unknown>,
): Promise<Counts> {
  const flag = '/tmp/calling';
  await inClient(from, namespace, client, `touch ${flag}`);
  const answers = inClient(from, namespace, client, `while [ -e ${flag} ]; do ${callOf(namespace)}; done`);
  try {
    await work();
  } finally {
    await inClient(from, namespace, client, `rm ${flag}`);
  }
  return count(await answers);
}

const callOf = (namespace: string): string =>
  `curl -s --max-time 5 http://helloworld.${namespace}:5000/hello || echo failed`;

function inClient(from: Cluster, namespace: string, client: string, script: string): Promise<string> {
  const pod = ['exec', `--namespace=${namespace}`, `deployment/${client}`, '--container', client];
  return kubectl(from, [...pod, '--', 'sh', '-c', script]);
}

/** Counts the versions in helloworld's answers; what is not an answer of helloworld is a failed call. */
export function count(answers: string): Counts {
  const counts: Record<string, number> = {};
  for (const line of answers.trim().split('\n')) {
    const version = /^Hello version: (\w+), instance: /.exec(line)?.[1] ?? 'failed';
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}
