import { z } from 'zod';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import { kubefed } from './names.ts';

const registrationSchema = z.object({
  kind: z.literal('KubeFedCluster'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({ apiEndpoint: z.string().default('') }),
  // A cluster that is Offline has no condition Ready.
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) })
    .default({ conditions: [] }),
});

/** What KubeFed knows of a cluster that has joined. */
export type Registration = z.output<typeof registrationSchema>;

/** KubeFed's object for a cluster. `absent`: it has not joined. */
export function readRegistration({ kubectl }: Cluster, name: string): Promise<Answer<Registration>> {
  return kubectl.get(
    { resource: `kubefedclusters.${kubefed.coreGroup}`, name, namespace: kubefed.namespace },
    registrationSchema,
  );
}

/**
 * Why KubeFed does not reach a cluster, through the declared API server if there is one; null if it does.
 *
 * @param apiServer the declared URL, or null
 */
export async function registrationProblem(
  host: Cluster,
  name: string,
  apiServer: string | null,
): Promise<string | null> {
  const registration = await readRegistration(host, name);
  if (registration.kind === 'failed') return registration.reason;
  if (registration.kind === 'absent') return `KubeFed has no cluster ${name}`;
  const { spec, status } = registration.value;
  const isReady = status.conditions.some((one) => one.type === 'Ready' && one.status === 'True');
  if (!isReady) return 'KubeFed does not reach it: its condition Ready is not True';
  return apiServer === null || spec.apiEndpoint === apiServer ? null : 'KubeFed reaches it through another API server';
}
