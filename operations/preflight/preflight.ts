import type { Run } from '../run/run.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { expiringCacerts } from './cacerts.ts';
import { problemsOfCharts } from './chart-repositories.ts';
import { checkCluster } from './clusters/check-cluster.ts';
import { readClusterFacts } from './clusters/facts.ts';
import { checkEngines } from './engines/check-engines.ts';
import { checkServers, readServers } from './engines/servers.ts';
import { allFindings, type Findings } from './findings.ts';
import { problemsOfPrograms } from './programs.ts';
import { checkRecords, type RecordsByCluster } from './records/check-records.ts';
import { checkIdentities } from './records/identities.ts';
import { checkRights } from './rights/check-rights.ts';
import { checkCacertsInTime } from './trust/cacerts-in-time.ts';
import { checkRoots } from './trust/roots.ts';

/**
 * Checks everything that would stop a later step, before the first change, and collects all problems. Changes nothing, and
 * ends with an answer whatever a cluster says.
 *
 * Asks kubectl, which `problemsOfKubectl` has found usable.
 *
 * @param records what the clusters hold about federations, by cluster
 */
export async function preflight(run: Run, records: RecordsByCluster): Promise<Findings> {
  const { steps, settings, program } = run;
  const { parallel, allowHttpCharts, cacerts } = settings;
  const ofPrograms = [
    ...(await problemsOfPrograms(program, steps, parallel)),
    ...problemsOfCharts(steps, allowHttpCharts),
  ];
  const ofIdentities = checkIdentities(run, records);
  const known = [{ problems: ofPrograms, warnings: expiringCacerts(cacerts ?? new Map()) }, ofIdentities];
  // In another cluster than the one that is meant, nothing else can be checked.
  if (ofIdentities.problems.length > 0) return allFindings(known);
  const facts = await sideBySide([...run.clusters.values()], parallel, (cluster) => readClusterFacts(run, cluster));
  const servers = await readServers(run);
  return allFindings([
    ...known,
    ...facts.map((one) => checkCluster(run, one)),
    await checkRights(run, facts),
    checkRecords(run, records),
    checkServers(run, servers),
    await checkEngines(run, facts, servers),
    checkRoots(run, facts),
    await checkCacertsInTime(run, facts),
  ]);
}

/**
 * Checks the clusters that answer, as far as each one tells about itself and an engine about its clusters, while others do not
 * answer. Changes nothing.
 */
export async function checkAnswering(run: Run, records: RecordsByCluster): Promise<Findings> {
  const ofIdentities = checkIdentities(run, records);
  if (ofIdentities.problems.length > 0) return ofIdentities;
  const { clusters, settings } = run;
  const facts = await sideBySide([...clusters.values()], settings.parallel, (cluster) =>
    readClusterFacts(run, cluster),
  );
  return allFindings([
    ...facts.map((one) => checkCluster(run, one)),
    await checkRights(run, facts),
    await checkEngines(run, facts, new Map()),
  ]);
}
