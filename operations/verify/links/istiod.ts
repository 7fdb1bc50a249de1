import { z } from 'zod';
import { dnsSubdomainPattern } from '../../../constructs/domain/kubernetes/dns-names.ts';
import { type Answer, mapAnswer, parseAnswer } from '../../clusters/answer.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';

const namespace = 'istio-system';

const condition = z.object({ type: z.string(), status: z.string() });
const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().regex(dnsSubdomainPattern) }),
      status: z.object({ conditions: z.array(condition).default([]) }).default({ conditions: [] }),
    }),
  ),
});
const remoteClusters = z
  .array(z.object({ id: z.string(), syncStatus: z.string() }))
  .nullable()
  .transform((list) => list ?? []);

/** Names of the remote secrets that an istiod reads. What is in them stays in kubectl. */
export async function readRemoteSecrets(kubectl: Kubectl): Promise<Answer<ReadonlySet<string>>> {
  const query = { resource: 'secrets', name: null, namespace, selector: 'istio/multiCluster=true' };
  return mapAnswer(await kubectl.getNames(query), (names) => new Set(names));
}

/**
 * The clusters that every istiod of a cluster has read completely, by Istio's names. Each proxy has one of the istiods, and
 * any of them may be the one. `absent` if this Istio cannot tell.
 */
export async function readSyncedClusters(kubectl: Kubectl): Promise<Answer<ReadonlySet<string>>> {
  const pods = await kubectl.get({ resource: 'pods', name: null, namespace, selector: 'app=istiod' }, podsSchema);
  if (pods.kind === 'failed') return pods;
  // kubectl prints nothing for an empty list.
  const items = pods.kind === 'found' ? pods.value.items : [];
  const ready = items.filter(({ status }) =>
    status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
  );
  if (ready.length === 0) return { kind: 'failed', reason: 'it has no istiod that is ready' };
  const told: ReadonlySet<string>[] = [];
  for (const { metadata } of ready) {
    const answer = await syncedClustersOf(kubectl, metadata.name);
    if (answer.kind !== 'found') return answer;
    told.push(answer.value);
  }
  const [first = new Set<string>(), ...others] = told;
  return { kind: 'found', value: new Set([...first].filter((id) => others.every((synced) => synced.has(id)))) };
}

async function syncedClustersOf(kubectl: Kubectl, pod: string): Promise<Answer<ReadonlySet<string>>> {
  const words = ['pilot-discovery', 'request', 'GET', '/debug/clusterz'];
  const text = await kubectl.exec({ namespace, pod, container: 'discovery', words });
  // Istio 1.7 does not know the path.
  if (text.kind === 'failed' && /status code 404\b/.test(text.reason)) return { kind: 'absent' };
  if (text.kind !== 'found') return text;
  return mapAnswer(
    parseAnswer(text.value, remoteClusters),
    (list) => new Set(list.flatMap(({ id, syncStatus }) => (syncStatus === 'synced' ? id : []))),
  );
}
