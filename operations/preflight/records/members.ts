import type { Run } from '../../run/run.ts';
import { allFindings, aProblem, type Findings } from '../findings.ts';
import type { RecordsByCluster } from './check-records.ts';

/**
 * Whether a cluster of the last apply is missing from the plan. The record of each cluster lists them, so that one is found
 * even without a lock. It would keep its objects and still receive calls. A cluster with a new name is still the same cluster.
 */
export function checkFormerMembers({ clusters }: Run, records: RecordsByCluster): Findings {
  const uids = new Set([...clusters.values()].map(({ uid }) => uid));
  const former = [...records.values()].flatMap(({ own }) => own?.record.members ?? []);
  const missing = new Map(
    former.filter(({ name, uid }) => !clusters.has(name) && !uids.has(uid)).map((member) => [member.name, member]),
  );
  return allFindings(
    [...missing.values()].map(({ name, uid }) =>
      aProblem(
        `${name} was in the last apply and is not in this plan: it keeps its objects and still receives calls (${uid})`,
        `put its block back with state: leaving, synth, mesh-federation apply, mesh-federation destroy --only ${name}; then delete the block`,
      ),
    ),
  );
}
