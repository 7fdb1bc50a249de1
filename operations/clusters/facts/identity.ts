import { z } from 'zod';
import { lockedFacts } from '../../../constructs/model/declaration/lock.ts';
import type { Answer } from '../answer.ts';
import type { Kubectl } from '../kubectl.ts';

const namespaceSchema = z.object({ metadata: z.object({ uid: lockedFacts.uid }) });
const versionSchema = z.object({ gitVersion: lockedFacts.kubernetesVersion });

/** The identity of a cluster: the UID of its namespace kube-system, which lives as long as the cluster. */
export async function readUid(kubectl: Kubectl): Promise<Answer<string>> {
  const found = await kubectl.get({ resource: 'namespace', name: 'kube-system', namespace: null }, namespaceSchema);
  return found.kind === 'found' ? { kind: 'found', value: found.value.metadata.uid } : found;
}

/** The version of Kubernetes, as the API server says it: `v1.34.4`. */
export async function readKubernetesVersion(kubectl: Kubectl): Promise<Answer<string>> {
  const found = await kubectl.getRaw('/version', versionSchema);
  return found.kind === 'found' ? { kind: 'found', value: found.value.gitVersion } : found;
}
