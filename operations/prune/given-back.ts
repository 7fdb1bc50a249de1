import type { EngineUndo } from '../engines/engine-undo.ts';
import { undoTable } from '../engines/undo-table.ts';
import type { Output } from '../plan/output.ts';
import type { FoundObject } from '../removal/look-up.ts';

/** Says which engine has made from an object what is applied directly by now. Null: nothing of it is. */
export type GivenBack = (found: FoundObject) => EngineUndo | null;

/**
 * Finds out which objects of an engine stand for what an output applies directly by now. If the engine deleted its copies
 * together with such an object, it would delete what has just been applied.
 */
export function givenBackIn(cluster: string, { objects }: Output): GivenBack {
  const direct = new Set(
    objects
      .filter((planned) => undoTable.every(({ madeFrom }) => madeFrom(planned) === null))
      .map(({ kind, namespace, name }) => JSON.stringify([kind, namespace, name])),
  );
  return (found) =>
    undoTable.find(({ madeFrom }) => {
      const made = madeFrom({ ...found, cluster, wave: '' });
      return made !== null && direct.has(JSON.stringify([made.kind, made.namespace, made.name]));
    }) ?? null;
}
