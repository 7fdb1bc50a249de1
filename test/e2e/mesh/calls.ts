import type { Cluster } from '../environment.ts';
import { kubectl } from '../kubernetes/kubectl.ts';

/** Number of answers by version; `failed` counts calls without an answer. */
export type Counts = Readonly<Record<string, number>>;

/** Which Service answers, and over which family it is called. */
export interface Callee {
  /** @default helloworld */
  readonly service?: string;
  /** @default - as curl decides */
  readonly family?: 4 | 6;
}

/** Calls helloworld repeatedly from a client pod, like the tutorial's loop, and counts the versions that answered. */
export async function callHelloworld(
  from: Cluster,
  namespace: string,
  client: string,
  calls: number,
  callee: Callee = {},
): Promise<Counts> {
  const loop = `for i in $(seq ${calls}); do ${callOf(namespace, callee)}; done`;
  return count(await inClient(from, namespace, client, loop));
}

/** The same, one call after the other for as long as some other work takes. */
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

const callOf = (namespace: string, { service = 'helloworld', family }: Callee = {}): string =>
  `curl -s ${family === undefined ? '' : `-${family} `}--max-time 5 http://${service}.${namespace}:5000/hello || echo failed`;

function inClient(from: Cluster, namespace: string, client: string, script: string): Promise<string> {
  const pod = ['exec', `--namespace=${namespace}`, `deployment/${client}`, '--container', client];
  return kubectl(from, [...pod, '--', 'sh', '-c', script]);
}

/** Counts the versions in helloworld's answers. Any other answer is a failed call. */
export function count(answers: string): Counts {
  const counts: Record<string, number> = {};
  for (const line of answers.trim().split('\n')) {
    const version = /^Hello version: (\w+), instance: /.exec(line)?.[1] ?? 'failed';
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}
