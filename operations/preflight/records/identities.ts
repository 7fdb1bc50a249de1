import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Run } from '../../run/run.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';
import type { RecordsByCluster } from './check-records.ts';

/**
 * Whether each context leads to the cluster that the last apply knew under its name. With exchanged contexts, the control
 * plane and the CA of one cluster would get into another one.
 */
export function checkIdentities(run: Run, records: RecordsByCluster): Findings {
  return allFindings(
    [...run.clusters.values()].map((cluster) => {
      const ofRecord = checkOwnName(run, cluster, records);
      return ofRecord === noFindings ? checkUid(run, cluster, records) : ofRecord;
    }),
  );
}

// A name that the plan does not have is a former one of the same cluster.
function checkOwnName({ clusters, output }: Run, { name, context, uid }: Cluster, records: RecordsByCluster): Findings {
  const recorded = records.get(name)?.own?.record.cluster ?? name;
  if (recorded === name || !clusters.has(recorded)) return noFindings;
  return aProblem(
    `${name}: context ${shellWord(context)} is ${recorded} of ${output.plan.federation}, by the record in the cluster ${uid}`,
    `name the right contexts: --context ${name}=CONTEXT --context ${recorded}=CONTEXT`,
  );
}

// The lock may be newer than the last apply. What it says has been compared already.
function checkUid(run: Run, { name, context, uid }: Cluster, records: RecordsByCluster): Findings {
  if (lockedUidOf(run, name) === uid) return noFindings;
  for (const [holder, { own }] of records) {
    const known = own?.record.members.find((member) => member.name === name);
    if (known === undefined || known.uid === uid) continue;
    return aProblem(
      `${name}: context ${shellWord(context)} is the cluster ${uid}, and the last apply was to ${known.uid}, by the record in ${holder}`,
      `name the right context: --context ${name}=CONTEXT; if the cluster was made anew, record it with mesh-federation discover, and synth again`,
    );
  }
  return noFindings;
}

function lockedUidOf({ output }: Run, name: string): string | null {
  return output.plan.steps.find(({ target }) => target.name === name)?.target.uid ?? null;
}
