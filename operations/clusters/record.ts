import { z } from 'zod';
import type { Answer, Kubectl } from './kubectl.ts';

const recordSchema = z.object({ metadata: z.object({ name: z.string() }) });

/** Whether a cluster holds the record of a federation, which it does from the first change until the last removal. */
export async function hasRecord(kubectl: Kubectl, federation: string): Promise<Answer<true>> {
  const name = `mesh-federation-${federation}`;
  const found = await kubectl.get({ resource: 'configmap', name, namespace: 'kube-system' }, recordSchema);
  return found.kind === 'found' ? { kind: 'found', value: true } : found;
}
