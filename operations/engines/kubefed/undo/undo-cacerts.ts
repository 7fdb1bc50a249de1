import type { CommandUndo } from '../../../undoing/command-undo.ts';
import { aboutItself } from '../../../undoing/command-undo.ts';
import { deleteOrphaning } from './delete-orphaning.ts';
import { federatedGroup } from './names.ts';

/** Stops KubeFed from carrying the CA. The copies stay: at the end each copy that did not exist before is deleted. */
export const undoCacerts: CommandUndo = {
  tool: null,
  about: aboutItself,
  describe: () => 'KubeFed no longer carries the Secret cacerts',
  whyLeft: () => null,
  undo: (_, place) =>
    deleteOrphaning(place, {
      group: federatedGroup,
      kind: 'FederatedSecret',
      namespace: 'istio-system',
      name: 'cacerts',
    }),
};
