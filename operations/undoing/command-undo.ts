import type { RecordedCommand } from '../record/record.ts';
import { type Place, refuseAfterStop } from '../removal/place.ts';
import type { Undoing } from './undoing.ts';

/** How a command of a record is undone. A row of a record is a claim: each part of it is compared before anything is done. */
export interface CommandUndo {
  /** The program that it needs besides kubectl. */
  readonly tool: 'istioctl' | 'helm' | 'kubefedctl' | null;
  /** The other cluster that the command is about, as its arguments say. Null if it is about its own cluster. */
  readonly about: (args: readonly string[]) => string | null;
  /** What is done, in words. */
  readonly describe: (args: readonly string[], cluster: string) => string;
  /** Why the command is not undone, in words; null if it is. */
  readonly whyLeft: (
    undoing: Undoing,
    place: Place,
    command: RecordedCommand,
  ) => string | null | Promise<string | null>;
  /** Undoes commands of one routine that follow each other, given by their arguments. */
  readonly undo: (undoing: Undoing, place: Place, all: readonly (readonly string[])[]) => Promise<void>;
}

/** Undoes commands one after the other. */
export const oneByOne =
  (undo: (undoing: Undoing, place: Place, args: readonly string[]) => Promise<void>): CommandUndo['undo'] =>
  async (undoing, place, all) => {
    for (const args of all) {
      refuseAfterStop(place);
      await undo(undoing, place, args);
    }
  };

/** Most commands are about their own cluster. */
export const aboutItself = (): null => null;
