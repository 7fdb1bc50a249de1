import type { Cluster } from '../../environment.ts';
import { get, kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';

const NAMESPACE = '--namespace=sample';

/** The names of the pods of one Deployment, or of all pods that answer as v2. */
async function podsOf(at: Cluster, deployment?: string): Promise<string[]> {
  const selector = deployment === undefined ? 'version=v2' : `deployment=${deployment}`;
  const pods = await get<{ items: { metadata: { name: string; deletionTimestamp?: string } }[] }>(at, [
    'pods',
    NAMESPACE,
    `--selector=${selector}`,
  ]);
  return pods.items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.name);
}

/**
 * Makes this number of the three v2 pods fail their readiness probe and the others pass it. Waits until the pods show
 * it.
 */
export async function setNotReady(at: Cluster, count: number): Promise<void> {
  const names = (await podsOf(at)).sort();
  for (const [index, name] of names.entries()) {
    const change = index < count ? 'touch /tmp/not-ready' : 'rm -f /tmp/not-ready';
    await kubectl(at, ['exec', NAMESPACE, name, '--container=helloworld', '--', 'sh', '-c', change]);
  }
  await until(`${at.name}: ${count} of ${names.length} pods are not ready`, 60, async () => {
    const ready = await Promise.all(names.map((name) => isReady(at, name)));
    return ready.filter((one) => !one).length === count ? true : undefined;
  });
}

async function isReady(at: Cluster, name: string): Promise<boolean> {
  const pod = await get<{ status: { conditions: { type: string; status: string }[] } }>(at, [`pod/${name}`, NAMESPACE]);
  return pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** Sets or removes the label on the pods of one Deployment that Istio prefers to the labels of the node. */
export async function setLocality(at: Cluster, deployment: string, locality: string | null): Promise<void> {
  const patch = { spec: { template: { metadata: { labels: { 'istio-locality': locality } } } } };
  const words = ['patch', `deployment/${deployment}`, NAMESPACE, '--type=merge', `--patch=${JSON.stringify(patch)}`];
  await kubectl(at, words);
  await rolledOut(at, 'sample', deployment);
  await until(`${at.name}: only the new pods of ${deployment} are left`, 60, async () => {
    const pods = await get<{ items: object[] }>(at, ['pods', NAMESPACE, `--selector=deployment=${deployment}`]);
    return pods.items.length === (await podsOf(at, deployment)).length ? true : undefined;
  });
}
