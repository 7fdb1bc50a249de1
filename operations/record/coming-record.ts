import { renderPlanTable } from '../../constructs/delivery/tables/plan-table.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { waves } from '../../constructs/plan/waves.ts';
import type { Output } from '../plan/output.ts';
import type { ClusterRecord, RecordedCommand, RecordedMember, RecordedObject } from './record.ts';
import { keyOf } from './record-rows.ts';
import { keptOnce } from './undo-names.ts';

/**
 * The record of a cluster before an output is applied to it: former and coming objects and commands, so that nothing is
 * forgotten wherever the run ends. The progress of another output says nothing about this one.
 */
export function comingRecord(
  former: ClusterRecord | null,
  output: Output,
  cluster: string,
  members: readonly RecordedMember[],
): ClusterRecord {
  const objects = currentObjects(output, cluster);
  const commands = currentCommands(output, cluster);
  const isOfThisOutput = former?.progress?.checksum === output.checksumOf(cluster);
  return {
    federation: output.plan.federation,
    cluster,
    objects: [...objects, ...objectsBeside(former?.objects ?? [], objects)],
    commands: [...commands, ...commandsBeside(former?.commands ?? [], commands)],
    created: former?.created ?? [],
    progress: isOfThisOutput ? (former?.progress ?? null) : null,
    members,
  };
}

/** The objects of an output in a cluster. */
export function currentObjects({ objects }: Output, cluster: string): readonly RecordedObject[] {
  return objects.flatMap(({ cluster: own, ...object }) => (own === cluster ? object : []));
}

/** The commands of an output for a cluster, which create objects that no table lists. */
export function currentCommands({ plan }: Pick<Output, 'plan'>, cluster: string): readonly RecordedCommand[] {
  return plan.steps.flatMap((step) => {
    if (step.target.name !== cluster || step.undo === null) return [];
    const path = 'path' in step ? step.path : null;
    return { wave: waves[step.wave].directory, undo: step.undo, path, args: argsOf(step) };
  });
}

// As in plan.tsv, where people read them.
function argsOf(step: Step): readonly string[] {
  const [, row = ''] = renderPlanTable([step]).content.trimEnd().split('\n');
  const args = row
    .split('\t')
    .slice(11)
    .map((cell) => (cell === '-' ? '' : cell));
  return args.length === 1 && args[0] === '' ? [] : args;
}

/** The objects of a record that an output no longer has, in any wave. */
export function objectsBeside(
  recorded: readonly RecordedObject[],
  current: readonly RecordedObject[],
): readonly RecordedObject[] {
  const known = new Set(current.map(keyOf));
  return recorded.filter((object) => !known.has(keyOf(object)));
}

/**
 * The commands of a record that an output no longer has. An installation counts once, whatever its version; of others the
 * first two arguments count, too.
 */
export function commandsBeside(
  recorded: readonly RecordedCommand[],
  current: readonly RecordedCommand[],
): readonly RecordedCommand[] {
  const known = new Set(current.map(commandKey));
  return recorded.filter((command) => !known.has(commandKey(command)));
}

function commandKey({ undo, args }: RecordedCommand): string {
  return JSON.stringify(keptOnce.has(undo) ? [undo] : [undo, args[0] ?? '', args[1] ?? '']);
}
