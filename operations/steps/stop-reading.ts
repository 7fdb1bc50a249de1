import { z } from 'zod';
import type { RemoteSecretGoneStep } from '../../constructs/plan/steps/step.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import { lookUp } from '../conditions/look-up.ts';
import { requireValue } from '../run/applied.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterOf } from '../run/target.ts';
import { nothingTaken, type Taken } from './taken.ts';

// Nothing but its identity is kept of the answer: not the token.
const secretSchema = z.object({
  kind: z.literal('Secret'),
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]*$/),
    resourceVersion: z.string().regex(/^[0-9A-Za-z]+$/),
  }),
});
type Secret = z.output<typeof secretSchema>;

/** Stops the istiod of a cluster from reading leaving ones: calls move before their workloads are deleted. */
export async function stopReading(run: Run, steps: readonly RemoteSecretGoneStep[], tell: Tell): Promise<Taken> {
  const [first] = steps;
  if (first === undefined) return nothingTaken;
  const reader = clusterOf(run, first);
  const secrets = steps.map(({ read }) => secretOf(read.istioCluster));
  const answer = await lookUp(reader, secrets, secretSchema);
  const all = requireValue(answer, reader, 'which clusters it reads is unknown');
  let differences = '';
  for (const [index, { reference, found }] of all.entries()) {
    const name = steps[index]?.read.name ?? '';
    if (found === null) continue;
    if (run.mode === 'apply') {
      await deleteSecret(reader, reference, found, name);
      tell(`secret/${reference.name} deleted`);
    } else {
      tell(`istiod of ${reader.name} would no longer read ${name}`);
      differences += `- secret/${reference.name} in istio-system of ${reader.name}\n`;
    }
  }
  return { ...nothingTaken, differences };
}

const secretOf = (istioCluster: string): ObjectReference => ({
  group: '',
  kind: 'Secret',
  namespace: 'istio-system',
  name: `istio-remote-secret-${istioCluster}`,
});

async function deleteSecret(
  reader: Cluster,
  secret: ObjectReference,
  { metadata: { uid, resourceVersion } }: Secret,
  name: string,
): Promise<void> {
  const answer = await reader.changes.delete(secret, { uid, resourceVersion });
  if (requireValue(answer, reader, `it still reads ${name}`).kind !== 'conflict') return;
  throw new Failure({
    problem: `${reader.name}: it still reads ${name}: somebody has changed the remote secret meanwhile`,
    fix: 'run it again',
  });
}
