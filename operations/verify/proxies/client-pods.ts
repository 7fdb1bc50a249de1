import { isIP } from 'node:net';
import { z } from 'zod';
import { groupBy } from '../../../constructs/domain/group-by.ts';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../../constructs/domain/kubernetes/dns-names.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';

/** A pod whose Envoy stands for the callers of a cluster. */
export interface ClientPod {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  /** The IP families of its addresses: 4, 6. */
  readonly families: ReadonlySet<number>;
  /** Whether it has curl. Null if nobody has looked. */
  readonly hasCurl: boolean | null;
}

/** Which pods may call. */
export interface ClientChoice {
  /** The only Deployment whose pods may call, or null. */
  readonly deployment: { readonly namespace: string; readonly name: string } | null;
  /** The namespaces to look in otherwise. */
  readonly namespaces: readonly string[];
  /** Deployments that are applied directly, as `NAMESPACE/NAME`; their pods come first. */
  readonly direct: ReadonlySet<string>;
  /** Whether calls will be made. */
  readonly needsCurl: boolean;
}

/** Deployments that are tried for curl. */
const mostTried = 20;

const podSchema = z.object({
  metadata: z.object({ namespace: z.string().regex(dnsLabelPattern), name: z.string().regex(dnsSubdomainPattern) }),
  status: z
    .object({
      podIP: z
        .string()
        .refine((text) => isIP(text) !== 0)
        .optional(),
      podIPs: z.array(z.object({ ip: z.string() })).default([]),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .default({ podIPs: [], conditions: [] }),
});
const podsSchema = z.object({ items: z.array(podSchema) });

type FoundPod = Omit<ClientPod, 'cluster' | 'hasCurl'>;

/** Finds a pod with a ready sidecar, with curl if there is one. `absent` if no pod has a ready sidecar. */
export async function findClientPod(cluster: Cluster, choice: ClientChoice): Promise<Answer<ClientPod>> {
  const pods = await podsWithSidecar(cluster, choice);
  if (pods.kind !== 'found') return pods;
  const [first] = pods.value;
  if (first === undefined) return { kind: 'absent' };
  if (!choice.needsCurl) return { kind: 'found', value: { ...first, cluster, hasCurl: null } };
  // Pods of one Deployment have the same programs.
  const owners = groupBy(pods.value, ({ namespace, name }) => `${namespace}/${ownerOf(name)}`);
  for (const [pod] of [...owners.values()].slice(0, mostTried)) {
    const words = ['sh', '-c', 'command -v curl'];
    const curl = await cluster.kubectl.exec({ namespace: pod.namespace, pod: pod.name, words });
    if (curl.kind === 'found') return { kind: 'found', value: { ...pod, cluster, hasCurl: true } };
  }
  return { kind: 'found', value: { ...first, cluster, hasCurl: false } };
}

async function podsWithSidecar({ kubectl }: Cluster, choice: ClientChoice): Promise<Answer<readonly FoundPod[]>> {
  const namespaces = choice.deployment === null ? choice.namespaces : [choice.deployment.namespace];
  const found: FoundPod[] = [];
  for (const namespace of [...new Set(namespaces)].sort()) {
    const query = { resource: 'pods', name: null, namespace, selector: 'security.istio.io/tlsMode=istio' };
    const pods = await kubectl.get(query, podsSchema);
    if (pods.kind === 'failed') return pods;
    if (pods.kind === 'found') found.push(...pods.value.items.flatMap((pod) => readyPod(pod, namespace)));
  }
  const allowed = found.filter(({ name }) => choice.deployment === null || ownerOf(name) === choice.deployment.name);
  const rank = ({ namespace, name }: FoundPod): number => (choice.direct.has(`${namespace}/${ownerOf(name)}`) ? 0 : 1);
  return { kind: 'found', value: [...allowed].sort((a, b) => rank(a) - rank(b)) };
}

function readyPod({ metadata, status }: z.output<typeof podSchema>, namespace: string): readonly FoundPod[] {
  const isReady = status.conditions.some((one) => one.type === 'Ready' && one.status === 'True');
  if (!isReady || status.podIP === undefined || metadata.namespace !== namespace) return [];
  const ips = [status.podIP, ...status.podIPs.map(({ ip }) => ip)];
  return [{ namespace, name: metadata.name, ip: status.podIP, families: new Set(ips.map(isIP)) }];
}

// The Deployment of a pod by its name: a ReplicaSet and a pod add a part each.
function ownerOf(pod: string): string {
  return pod.replace(/-[a-z0-9]+-[a-z0-9]+$/, '');
}
