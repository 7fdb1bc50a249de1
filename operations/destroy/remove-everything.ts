import { deleteRecord } from '../record/write-record.ts';
import type { Undoing } from '../undoing/undoing.ts';
import { whyIstioIsLeft } from './commands/istio-evidence.ts';
import { removedPlaces } from './prepare.ts';
import { removeRemains } from './remains/remove-remains.ts';
import { inStep, type Reporting } from './reporting.ts';
import { everywhere, freshPlace, recordedWaves, undoWave } from './undo-waves.ts';

/**
 * Removes everything that the records list. In every cluster, wave by wave: the clusters that stay may still read those that
 * are removed. Objects that others could need come at the very end, and a record goes when nothing of it is left.
 */
export async function removeEverything(undoing: Undoing, reporting: Reporting): Promise<void> {
  for (const wave of recordedWaves(undoing)) await undoWave(undoing, wave, reporting);
  await forgetMembers(undoing);
  await everywhere(undoing, removedPlaces(undoing), ({ cluster: { name } }) =>
    inStep(reporting, { wave: 'last', cluster: name }, async (tell) => {
      const place = await freshPlace(undoing, name, tell);
      const record = undoing.ledger.recordOf(name);
      await removeRemains(undoing, place, record, () => whyIstioIsLeft(undoing, place));
      await deleteRecord(place.cluster, undoing.ledger.storedOf(name));
    }),
  );
}

// Takes the removed clusters out of the records of the others. This comes before the records of the removed clusters are
// deleted, so that a stopped run repeats it.
async function forgetMembers(undoing: Undoing): Promise<void> {
  const staying = [...undoing.places.keys()].filter((cluster) => !undoing.isRemoved(cluster));
  await everywhere(undoing, staying, (cluster) =>
    undoing.ledger.change(cluster, (record) => ({
      ...record,
      members: record.members.filter(({ name }) => !undoing.isRemoved(name)),
    })),
  );
}
