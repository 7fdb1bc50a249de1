import { z } from 'zod';
import type { Answer } from '../../clusters/answer.ts';
import { type Gateway, readGateway } from '../../clusters/facts/gateway-address.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import { readRemoteSecrets, readSyncedClusters } from './istiod.ts';

/** The parts that a cluster has in the calls that are checked. */
export interface Parts {
  /** Its istiod reads other clusters. */
  readonly reads: boolean;
  /** Calls enter its network by its gateway. */
  readonly hasGateway: boolean;
  /** Its pods answer. */
  readonly serves: boolean;
}

/** Facts about the links of one cluster. Each is asked for once, whatever the number of pairs. Null: nobody needs it. */
export interface LinkFacts {
  readonly remoteSecrets: Answer<ReadonlySet<string>> | null;
  readonly syncedClusters: Answer<ReadonlySet<string>> | null;
  /** Network of namespace istio-system by its label; an empty text without one. */
  readonly network: Answer<string> | null;
  readonly gateway: Answer<Gateway> | null;
  /** The number of available pods of the gateway. */
  readonly gatewayPods: Answer<number> | null;
  /** The root that its pods trust. */
  readonly root: Answer<string>;
  /** Whether Istio is there without the webhook that gives pods their sidecars. */
  readonly lacksInjector: Answer<boolean> | null;
}

const istioNamespace = 'istio-system';
const named = z.object({ metadata: z.object({ name: z.string() }) });
const namespaceSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
});
const deploymentSchema = z.object({
  status: z.object({ availableReplicas: z.int().min(0).default(0) }).default({ availableReplicas: 0 }),
});
const rootSchema = z.object({ data: z.object({ 'root-cert.pem': z.string().default('') }) });

/** Reads the facts about one cluster, side by side. */
export async function readLinkFacts(kubectl: Kubectl, { reads, hasGateway, serves }: Parts): Promise<LinkFacts> {
  const [remoteSecrets, syncedClusters, network, gateway, root, lacksInjector] = await Promise.all([
    reads ? readRemoteSecrets(kubectl) : null,
    reads ? readSyncedClusters(kubectl) : null,
    serves ? readNetwork(kubectl) : null,
    hasGateway ? readGateway(kubectl) : null,
    readRoot(kubectl),
    serves ? readLackOfInjector(kubectl) : null,
  ]);
  const gatewayPods = gateway?.kind === 'found' ? await readAvailable(kubectl, gateway.value.name) : null;
  return { remoteSecrets, syncedClusters, network, gateway, gatewayPods, root, lacksInjector };
}

async function readNetwork(kubectl: Kubectl): Promise<Answer<string>> {
  const found = await kubectl.get({ resource: 'namespace', name: istioNamespace, namespace: null }, namespaceSchema);
  if (found.kind === 'failed') return found;
  const labels = found.kind === 'found' ? found.value.metadata.labels : {};
  return { kind: 'found', value: labels['topology.istio.io/network'] ?? '' };
}

async function readAvailable(kubectl: Kubectl, name: string): Promise<Answer<number>> {
  const found = await kubectl.get({ resource: 'deployment', name, namespace: istioNamespace }, deploymentSchema);
  if (found.kind === 'failed') return found;
  return { kind: 'found', value: found.kind === 'found' ? found.value.status.availableReplicas : 0 };
}

async function readRoot(kubectl: Kubectl): Promise<Answer<string>> {
  const query = { resource: 'configmap', name: 'istio-ca-root-cert', namespace: istioNamespace };
  const found = await kubectl.get(query, rootSchema);
  if (found.kind !== 'found') return found;
  const root = found.value.data['root-cert.pem'].trim();
  return root === '' ? { kind: 'absent' } : { kind: 'found', value: root };
}

// Every cluster with Istio has the Service istiod, even a remote: its webhook calls the Service.
async function readLackOfInjector(kubectl: Kubectl): Promise<Answer<boolean>> {
  const istiod = await kubectl.get({ resource: 'service', name: 'istiod', namespace: istioNamespace }, named);
  if (istiod.kind === 'failed') return istiod;
  if (istiod.kind === 'absent') return { kind: 'found', value: false };
  const resource = 'mutatingwebhookconfiguration';
  const webhook = await kubectl.get({ resource, name: 'istio-sidecar-injector', namespace: null }, named);
  return webhook.kind === 'failed' ? webhook : { kind: 'found', value: webhook.kind === 'absent' };
}
