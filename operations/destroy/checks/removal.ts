import type { Problem } from '../../clusters/problem.ts';
import { enginesIn, undoTable } from '../../engines/undo-table.ts';
import { lookUp } from '../../removal/look-up.ts';
import type { Place } from '../../removal/place.ts';
import type { Undoing } from '../../undoing/undoing.ts';
import { commandsToUndo, undoOf } from '../commands/commands-to-undo.ts';

/** Everything in a cluster that would stop a later deletion. */
export async function problemsOfRemoval(undoing: Undoing, place: Place): Promise<readonly Problem[]> {
  const { name } = place.cluster;
  const unknown = unknownCommands(undoing, name);
  if (!undoing.isRemoved(name)) return unknown;
  return [...unknown, ...(await problemsOfEngine(undoing, place))];
}

function unknownCommands(undoing: Undoing, cluster: string): readonly Problem[] {
  return commandsToUndo(undoing, cluster)
    .filter((command) => undoOf(command) === null)
    .map(({ undo }) => ({
      problem: `${cluster}: this version cannot undo ${undo}`,
      fix: 'run destroy of the version that applied it',
    }));
}

// If the objects of an engine are deleted, the engine deletes their copies everywhere. It waits forever for a cluster that it
// does not reach.
async function problemsOfEngine(undoing: Undoing, place: Place): Promise<readonly Problem[]> {
  const { name } = place.cluster;
  const othersStay = [...undoing.places.keys()].some((cluster) => !undoing.isRemoved(cluster));
  const engines = enginesIn(undoing.ledger.recordOf(name).objects);
  if (engines.length === 0) return othersStay ? stillDelivered(undoing, place) : [];
  const unreached = await Promise.all(
    engines.map(async ({ unreached: ask, unjoin }): Promise<readonly Problem[]> => {
      const clusters = await ask(place);
      if (clusters.length === 0) return [];
      return [
        {
          problem: `${name}: its engine does not reach ${clusters.join(' ')}, and would wait for it forever`,
          fix: `make it reachable again, or remove it from the engine of ${name} (${unjoin})`,
        },
      ];
    }),
  );
  const delivers = {
    problem: `${name} delivers workloads to the other clusters`,
    fix: 'remove all clusters at once: run it without --only',
  };
  return [...unreached.flat(), ...(othersStay ? [delivers] : [])];
}

// If a member is removed alone, an engine would recreate the deleted objects.
async function stillDelivered({ ledger }: Undoing, place: Place): Promise<readonly Problem[]> {
  const { name } = place.cluster;
  const namespaces = ledger.recordOf(name).created.filter(({ group, kind }) => group === '' && kind === 'Namespace');
  const found = await lookUp(place, namespaces);
  const delivered = found.filter(({ labels }) => undoTable.some(({ label }) => labels[label] === 'true'));
  return delivered.map((namespace) => ({
    problem: `${name}: an engine still delivers namespace ${namespace.name} to it`,
    fix: `remove ${name} from every placement in the declaration, synth and apply first`,
  }));
}
