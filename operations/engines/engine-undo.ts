import type { ObjectReference } from '../clusters/changes.ts';
import type { PlannedObject } from '../plan/planned-objects.ts';
import type { RecordedObject } from '../record/record.ts';
import type { Place } from '../removal/place.ts';
import type { CommandUndo } from '../undoing/command-undo.ts';
import type { Undoing } from '../undoing/undoing.ts';

/** How the work of an engine is undone. */
export interface EngineUndo {
  /** Name as its project spells it. */
  readonly title: string;
  /** The API group by which a record shows the engine's objects. */
  readonly group: string;
  /** The label on everything that the engine creates in a cluster; its value is `true`. */
  readonly label: string;
  /** The command that removes a cluster from the engine. */
  readonly unjoin: string;
  /** Whether other objects or data of the clusters are lost together with an object of the engine. */
  readonly holdsOthers: (reference: ObjectReference) => boolean;
  /** The object that the engine makes in other clusters from one of the plan. Null if it makes none. */
  readonly madeFrom: (planned: PlannedObject) => Pick<ObjectReference, 'kind' | 'namespace' | 'name'> | null;
  /**
   * Deletes an object of the engine that is ours, and keeps what the engine has made from it. Null if the engine cannot keep
   * it.
   */
  readonly release: ((place: Place, reference: ObjectReference) => Promise<void>) | null;
  /** The engine's names of the clusters that it does not reach. It would wait for them for ever. */
  readonly unreached: (place: Place) => Promise<readonly string[]>;
  /**
   * Deletes the objects of a wave that are the engine's, in the engine's own way, and waits for their copies. Returns the
   * objects that are not the engine's.
   */
  readonly undoObjects: (
    undoing: Undoing,
    place: Place,
    objects: readonly RecordedObject[],
  ) => Promise<readonly RecordedObject[]>;
  /** How the engine's own commands are undone, by the name of the routine in a record. */
  readonly commands: Readonly<Record<string, CommandUndo>>;
}
