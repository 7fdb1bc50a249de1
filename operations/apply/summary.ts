import type { Step } from '../../constructs/plan/steps/step.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { prune } from '../prune/prune.ts';
import type { ClusterRecords } from '../record/record.ts';
import type { Run } from '../run/run.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { ClusterSummary } from './events.ts';
import type { Identity } from './identities.ts';
import { isChanging, waveOf } from './select-steps.ts';

/** What the summary needs besides the run. */
export interface SummaryInputs {
  readonly records: ReadonlyMap<string, ClusterRecords>;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly isPruned: (cluster: string) => boolean;
}

/** What the run is about to do, a part for each cluster that it changes. */
export function summarize(run: Run, inputs: SummaryInputs): Promise<readonly ClusterSummary[]> {
  const clusters = [...run.clusters.values()].filter(
    (cluster) => stepsIn(run, cluster).length > 0 || inputs.isPruned(cluster.name),
  );
  return sideBySide(clusters, run.settings.parallel, (cluster) => summarizeCluster(run, cluster, inputs));
}

async function summarizeCluster(run: Run, cluster: Cluster, inputs: SummaryInputs): Promise<ClusterSummary> {
  const server = await cluster.kubectl.getServer();
  const record = inputs.records.get(cluster.name)?.own?.record;
  const isOfThisOutput = record?.progress?.checksum === run.output.checksumOf(cluster.name);
  return {
    cluster: cluster.name,
    context: cluster.context,
    server: server.kind === 'found' ? server.value : null,
    uid: cluster.uid,
    identity: inputs.identities.get(cluster.name) ?? 'unknown',
    steps: stepsIn(run, cluster).map(describe),
    deletions: [...(await deletionsIn(run, cluster, inputs))],
    unknowable: stepsIn(run, cluster).flatMap(unknowableOf),
    appliedUntil: isOfThisOutput ? (record?.progress?.wave ?? null) : null,
  };
}

function stepsIn({ steps }: Run, { name }: Cluster): readonly Step[] {
  return steps.filter((step) => step.target.name === name && isChanging(step));
}

function describe(step: Step): string {
  const path = 'path' in step ? ` ${step.path}` : '';
  const read = 'read' in step ? ` ${step.read.name}` : '';
  const joining = step.action === 'join' ? ` ${step.joining.name}` : '';
  return `${waveOf(step)} ${step.action}${path}${read}${joining}`;
}

async function deletionsIn(
  run: Run,
  cluster: Cluster,
  { records, isPruned }: SummaryInputs,
): Promise<readonly string[]> {
  const stored = records.get(cluster.name)?.own;
  if (stored === null || stored === undefined || !isPruned(cluster.name)) return [];
  const lines: string[] = [];
  await prune({ ...run, mode: 'dry-run' }, cluster, stored, (line) => lines.push(line));
  return lines;
}

// What an installer or an engine does is theirs to say.
function unknowableOf(step: Step): readonly string[] {
  switch (step.action) {
    case 'istioctl-install':
      return [`${waveOf(step)}: the objects that istioctl ${step.version} makes of ${step.path}`];
    case 'helm-upgrade':
      return [`${waveOf(step)}: the objects of chart ${step.chart} ${step.version}`];
    case 'install-engine':
      return [`${waveOf(step)}: the objects of chart ${step.installation.chart} ${step.installation.version}`];
    case 'join':
      return [`${waveOf(step)}: the credentials that ${step.joining.name} gives the engine`];
    default:
      return [];
  }
}
