import { undoTable } from '../../engines/undo-table.ts';
import type { RecordedCommand } from '../../record/record.ts';
import type { Place } from '../../removal/place.ts';
import { remoteSecretUndo } from '../../removal/remote-secrets.ts';
import type { CommandUndo } from '../../undoing/command-undo.ts';
import { hostsOf, type Undoing } from '../../undoing/undoing.ts';
import { undoHelm } from './undo-helm.ts';
import { undoIstioctl } from './undo-istioctl.ts';
import { undoRemoteSecret } from './undo-remote-secret.ts';

const ofIstio: Readonly<Record<string, CommandUndo>> = {
  'istioctl-install': undoIstioctl,
  'helm-upgrade': undoHelm,
  [remoteSecretUndo]: undoRemoteSecret,
};

/** How a command of a record is undone; null if this version does not know it. */
export function undoOf({ undo }: Pick<RecordedCommand, 'undo'>): CommandUndo | null {
  for (const commands of [ofIstio, ...undoTable.map((engine) => engine.commands)])
    if (Object.hasOwn(commands, undo)) return commands[undo] ?? null;
  return null;
}

/**
 * The commands of a cluster's record that are undone: all of a cluster that is removed, and those of other clusters that are
 * about a removed one.
 */
export function commandsToUndo({ ledger, isRemoved }: Undoing, cluster: string): readonly RecordedCommand[] {
  const { commands } = ledger.recordOf(cluster);
  if (isRemoved(cluster)) return commands;
  return commands.filter((command) => {
    const about = undoOf(command)?.about(command.args) ?? null;
    return about !== null && isRemoved(about);
  });
}

/** Why a command is left behind, in words; null if it is undone. */
export async function whyCommandIsLeft(
  undoing: Undoing,
  place: Place,
  command: RecordedCommand,
): Promise<string | null> {
  const undo = undoOf(command);
  if (undo === null) return 'this version cannot undo it';
  const isOfEngine = undoTable.some(({ commands }) => Object.hasOwn(commands, command.undo));
  if (isOfEngine && !hostsOf(undoing.plan).has(place.cluster.name))
    return 'only the record of the cluster from which an engine delivers may say this';
  return undo.whyLeft(undoing, place, command);
}
