import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A server as a test describes it. */
export interface FakeCluster {
  /** Objects, or raw text, by question: `service/istio-eastwestgateway`, `/version`. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Text on standard error, with which every call fails. @default - none */
  readonly error?: string;
  /** How it misbehaves. @default - not at all */
  readonly behaviour?: 'hangs' | 'floods';
}

/** Calls of kubectl so far, as their arguments. */
export type CallsSoFar = () => readonly (readonly string[])[];

/**
 * Puts described servers, by context, in the place of clusters until the test ends.
 *
 * @param directory where the test keeps its files
 */
export function fakeClusters(directory: string, clusters: Readonly<Record<string, FakeCluster>>): CallsSoFar {
  const calls = join(directory, 'calls');
  writeFileSync(calls, '');
  writeFileSync(join(directory, 'clusters.json'), JSON.stringify(clusters));
  const former = { PATH: process.env.PATH, CLUSTERS: process.env.CLUSTERS, CALLS: process.env.CALLS };
  onTestFinished(() => {
    Object.assign(process.env, former);
  });
  Object.assign(process.env, {
    PATH: `${import.meta.dirname}${delimiter}${former.PATH}`,
    CLUSTERS: join(directory, 'clusters.json'),
    CALLS: calls,
  });
  return () =>
    readFileSync(calls, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as readonly string[]);
}

/** A healthy cluster: its answers to every question that is asked of one. */
export function healthyCluster(uid: string, changes: Readonly<Record<string, unknown>> = {}): FakeCluster {
  const ingress = [{ hostname: 'lb.example.com' }, { ip: '203.0.113.10' }];
  return {
    answers: {
      'namespace/kube-system': { metadata: { uid } },
      '/version': { major: '1', gitVersion: 'v1.34.4' },
      'service/istio-eastwestgateway': { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress } } },
      ...changes,
    },
  };
}
