import type { Cluster } from './ground.ts';
import { kubectl } from './kubectl.ts';

/** How often each version answered; `failed` counts calls without an answer. */
export type Counts = Readonly<Record<string, number>>;

/** Calls helloworld again and again from a client pod, as the tutorial's loop does, and counts who answered. */
export async function callHelloworld(from: Cluster, namespace: string, client: string, calls: number): Promise<Counts> {
  const url = `http://helloworld.${namespace}:5000/hello`;
  const loop = `for i in $(seq ${calls}); do curl -s --max-time 5 ${url} || echo failed; done`;
  const exec = [
    'exec',
    `--namespace=${namespace}`,
    `deployment/${client}`,
    '--container',
    client,
    '--',
    'sh',
    '-c',
    loop,
  ];
  return count(await kubectl(from, exec));
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
