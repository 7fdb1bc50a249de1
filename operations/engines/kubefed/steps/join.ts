import { z } from 'zod';
import type { JoinStep } from '../../../../constructs/plan/steps/step.ts';
import type { Cluster } from '../../../clusters/cluster.ts';
import { until } from '../../../conditions/until.ts';
import { joinCluster } from '../../../programs/kubefedctl.ts';
import { manifestsOf, requireValue } from '../../../run/applied.ts';
import type { Run, Tell } from '../../../run/run.ts';
import { clusterNamed, clusterOf } from '../../../run/target.ts';
import { kubefed } from '../names.ts';
import { registrationProblem } from '../registration.ts';

/** Joins a cluster, unless KubeFed reaches it already. */
export async function join(run: Run, step: JoinStep, tell: Tell): Promise<void> {
  const host = clusterOf(run, step);
  const { name, federationCluster, apiServer } = step.joining;
  const joining = clusterNamed(run, name);
  if ((await registrationProblem(host, federationCluster, apiServer)) === null) {
    tell(`${name} has joined as ${federationCluster}`);
    return;
  }
  await until(run, name, () => namespaceGoes(joining));
  const membership = { name: federationCluster, context: joining.context, host: host.name, hostContext: host.context };
  await joinCluster(run.program, membership, tell);
  if (apiServer !== null) await nameServer(host, federationCluster, apiServer, tell);
}

const namespaceSchema = z.object({ metadata: z.object({ deletionTimestamp: z.string().optional() }) });

// `kubefedctl unjoin` lets the namespace be deleted later, with everything that a join creates meanwhile: the credentials.
async function namespaceGoes({ kubectl }: Cluster): Promise<string | null> {
  const answer = await kubectl.get(
    { resource: 'namespaces', name: kubefed.namespace, namespace: null },
    namespaceSchema,
  );
  if (answer.kind === 'failed') return answer.reason;
  const isGoing = answer.kind === 'found' && answer.value.metadata.deletionTimestamp !== undefined;
  return isGoing ? `it has not deleted its namespace ${kubefed.namespace} yet` : null;
}

// kubefedctl has taken the API server of the kubeconfig.
async function nameServer(host: Cluster, name: string, apiEndpoint: string, tell: Tell): Promise<void> {
  const registration = {
    apiVersion: `${kubefed.coreGroup}/v1beta1`,
    kind: 'KubeFedCluster',
    metadata: { namespace: kubefed.namespace, name },
    spec: { apiEndpoint },
  };
  const options = { force: true, isDryRun: false, isPart: true };
  const answer = await host.changes.apply(manifestsOf([registration]), options);
  for (const line of requireValue(answer, host, `KubeFed does not take the API server of ${name}`)) tell(line);
}
