import { enginesIn } from '../engines/undo-table.ts';
import type { ClusterRecord, RecordedCommand, RecordedObject } from '../record/record.ts';
import { deleteRecorded } from '../removal/delete-recorded.ts';
import { type Place, refuseAfterStop } from '../removal/place.ts';
import type { Undoing } from '../undoing/undoing.ts';
import { commandsToUndo, undoOf, whyCommandIsLeft } from './commands/commands-to-undo.ts';
import { giveNamespacesBack } from './give-back.ts';

/** The part of a record that is undone in a wave, the last row first. */
export interface WavePart {
  readonly objects: readonly RecordedObject[];
  readonly commands: readonly RecordedCommand[];
}

/** What is undone in a wave in a cluster. A cluster that stays keeps its objects. */
export function partOf(undoing: Undoing, cluster: string, wave: string): WavePart {
  const { objects } = undoing.ledger.recordOf(cluster);
  const isOfWave = (row: { readonly wave: string }): boolean => row.wave === wave;
  return {
    objects: undoing.isRemoved(cluster) ? objects.filter(isOfWave).reverse() : [],
    commands: commandsToUndo(undoing, cluster).filter(isOfWave).reverse(),
  };
}

/** Undoes a part of a record, and then takes it out of the record. */
export async function undoPart(undoing: Undoing, place: Place, part: WavePart): Promise<void> {
  for (const commands of neighbours(part.commands)) {
    refuseAfterStop(place);
    await undoCommands(undoing, place, commands);
  }
  refuseAfterStop(place);
  await undoObjects(undoing, place, part.objects);
  await undoing.ledger.change(place.cluster.name, (record) => without(record, part));
}

// Commands of one routine that follow each other: many of them need no more questions than one.
function neighbours(
  commands: readonly RecordedCommand[],
): readonly (readonly [RecordedCommand, ...RecordedCommand[]])[] {
  const groups: [RecordedCommand, ...RecordedCommand[]][] = [];
  for (const command of commands) {
    const last = groups.at(-1);
    if (last?.[0].undo === command.undo) last.push(command);
    else groups.push([command]);
  }
  return groups;
}

async function undoCommands(
  undoing: Undoing,
  place: Place,
  commands: readonly [RecordedCommand, ...RecordedCommand[]],
): Promise<void> {
  const { name } = place.cluster;
  const ours: RecordedCommand[] = [];
  for (const command of commands) {
    const why = await whyCommandIsLeft(undoing, place, command);
    if (why === null) ours.push(command);
    else place.tell(`left on ${name}: ${leftWords(command)}; ${why}`);
  }
  const undo = undoOf(commands[0]);
  if (undo === null || ours.length === 0) return;
  for (const { args } of ours) place.tell(undo.describe(args, name));
  await undo.undo(
    undoing,
    place,
    ours.map(({ args }) => args),
  );
}

/** A command that is left, in words. */
export function leftWords({ wave, undo, args }: RecordedCommand): string {
  return `${undo} of wave ${wave} (${args.join(' ')})`;
}

// An engine deletes its own objects in its own way. Objects that take other people's objects along are deleted at the very
// end, if at all.
async function undoObjects(undoing: Undoing, place: Place, objects: readonly RecordedObject[]): Promise<void> {
  let rest = objects;
  for (const engine of enginesIn(objects)) rest = await engine.undoObjects(undoing, place, rest);
  await deleteRecorded(
    place,
    rest.filter(({ kind }) => !['Namespace', 'CustomResourceDefinition'].includes(kind)),
  );
  await giveNamespacesBack(place, undoing.ledger.recordOf(place.cluster.name), objects);
}

function without(record: ClusterRecord, { objects, commands }: WavePart): ClusterRecord {
  return {
    ...record,
    objects: record.objects.filter((object) => !objects.includes(object)),
    commands: record.commands.filter((command) => !commands.includes(command)),
    progress: null,
  };
}
