import { Failure } from '../clusters/failure.ts';
import { enginesIn, undoTable } from '../engines/undo-table.ts';
import { openPlace } from '../removal/open-place.ts';
import { type Place, refuseAfterStop } from '../removal/place.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import type { Undoing } from '../undoing/undoing.ts';
import { inStep, type Reporting } from './reporting.ts';
import { partOf, undoPart, type WavePart } from './undo-wave.ts';

/** The waves of all records, the last one first. */
export function recordedWaves({ places, ledger }: Undoing): readonly string[] {
  const waves = [...places.keys()].flatMap((cluster) => {
    const { objects, commands } = ledger.recordOf(cluster);
    return [...objects, ...commands].map(({ wave }) => wave);
  });
  return [...new Set(waves)].sort().reverse();
}

/**
 * Undoes a wave: first where an engine delivers from, since it changes the other clusters, too; then the others side by side.
 * After a failure what is going on ends, and nothing begins.
 */
export async function undoWave(undoing: Undoing, wave: string, reporting: Reporting): Promise<void> {
  const parts = [...undoing.places.keys()]
    .map((cluster) => ({ cluster, part: partOf(undoing, cluster, wave) }))
    .filter(({ part }) => part.objects.length + part.commands.length > 0);
  const first = parts.filter(({ part }) => isOfEngine(part));
  const others = parts.filter((one) => !first.includes(one));
  for (const { cluster, part } of first) await undoIn(undoing, cluster, wave, part, reporting);
  await everywhere(undoing, others, ({ cluster, part }) => undoIn(undoing, cluster, wave, part, reporting));
}

function isOfEngine({ objects, commands }: WavePart): boolean {
  return (
    enginesIn(objects).length > 0 ||
    commands.some(({ undo }) => undoTable.some((engine) => Object.hasOwn(engine.commands, undo)))
  );
}

function undoIn(undoing: Undoing, cluster: string, wave: string, part: WavePart, reporting: Reporting): Promise<void> {
  return inStep(reporting, { wave, cluster }, async (tell) => {
    const place = await freshPlace(undoing, cluster, tell);
    await undoPart({ ...undoing, places: new Map([...undoing.places, [cluster, place]]) }, place, part);
  });
}

/** A cluster with the kinds that it serves now. */
export async function freshPlace(undoing: Undoing, cluster: string, tell: Place['tell']): Promise<Place> {
  const place = undoing.places.get(cluster);
  if (place === undefined) throw new Error(`no record of ${cluster} is open`);
  return openPlace({ ...place, tell });
}

/** Does something in several clusters side by side. The first failure ends it, when what is going on has ended. */
export async function everywhere<T>(
  { places }: Undoing,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const [first] = places.values();
  if (first === undefined) return;
  const { parallel, stop } = first;
  const failures: unknown[] = [];
  await sideBySide(items, parallel, async (item) => {
    if (failures.length > 0) return;
    try {
      refuseAfterStop({ stop });
      await act(item);
    } catch (error) {
      failures.push(error);
    }
  });
  const defect = failures.find((failure) => !(failure instanceof Failure));
  if (failures.length > 0) throw defect ?? failures[0];
}
