import type { Step } from '../../constructs/plan/steps/step.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import { until } from '../conditions/until.ts';
import type { Run } from '../run/run.ts';
import { sideBySide } from '../tools/side-by-side.ts';

/** Waits for the Secret that holds the CA: in every cluster if an engine delivers it, and else in that of the step. */
export async function holdCacerts(run: Run, step: Step, cluster: Cluster): Promise<void> {
  const isDelivered = step.brings.some(
    (one) => one.brings === 'object' && one.isEverywhere && one.kind === 'Secret' && one.name === 'cacerts',
  );
  if (isDelivered) {
    const members = [...run.clusters.values()].filter(({ isMember }) => isMember);
    await sideBySide(members, run.settings.parallel, (member) => until(run, member.name, () => cacertsWait(member)));
    return;
  }
  const reason = await cacertsWait(cluster);
  if (reason === null) return;
  throw new Failure({
    problem: `${cluster.name}: ${reason}`,
    fix: 'issue an intermediate CA for each cluster from one root, and name their directory: --cacerts DIRECTORY',
  });
}

async function cacertsWait({ kubectl }: Cluster): Promise<string | null> {
  // Only its name: the key stays in the cluster.
  const names = await kubectl.getNames({ resource: 'secrets', name: 'cacerts', namespace: 'istio-system' });
  if (names.kind === 'failed') return names.reason;
  return names.kind === 'found' && names.value.length > 0 ? null : 'there is no Secret istio-system/cacerts';
}
