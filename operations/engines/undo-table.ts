import type { RecordedObject } from '../record/record.ts';
import type { EngineUndo } from './engine-undo.ts';
import { karmadaUndo } from './karmada/undo/karmada-undo.ts';
import { kubefedUndo } from './kubefed/undo/kubefed-undo.ts';

/** THE table of engines, as far as their work is undone: one row each. */
export const undoTable: readonly EngineUndo[] = [kubefedUndo, karmadaUndo];

/** The engines whose objects are among those of a record. The API groups show them. */
export function enginesIn(objects: readonly Pick<RecordedObject, 'group'>[]): readonly EngineUndo[] {
  return undoTable.filter(({ group }) => objects.some((object) => object.group === group));
}
