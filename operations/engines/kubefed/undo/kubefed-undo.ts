import { holdsOthers } from '../../../removal/holding-kinds.ts';
import type { EngineUndo } from '../../engine-undo.ts';
import { unreachedIn } from '../../unreached.ts';
import { deleteOrphaning } from './delete-orphaning.ts';
import { coreGroup, federatedGroup, kubefedNamespace } from './names.ts';
import { undoCacerts } from './undo-cacerts.ts';
import { undoInstallation } from './undo-installation.ts';
import { undoJoin } from './undo-join.ts';
import { kubefedLabel, undoKubefedObjects } from './undo-objects.ts';

const prefix = 'Federated';

/** How the work of KubeFed is undone. */
export const kubefedUndo: EngineUndo = {
  title: 'KubeFed',
  group: federatedGroup,
  label: kubefedLabel,
  unjoin: 'kubefedctl unjoin',
  // With the federated object KubeFed deletes the object itself in every cluster.
  holdsOthers: ({ group, kind }) =>
    group === federatedGroup &&
    ['', 'apiextensions.k8s.io', 'snapshot.storage.k8s.io'].some((core) =>
      holdsOthers({ group: core, kind: kind.slice(prefix.length) }),
    ),
  madeFrom: ({ group, kind, namespace, name }) =>
    group === federatedGroup && kind.startsWith(prefix) ? { kind: kind.slice(prefix.length), namespace, name } : null,
  release: deleteOrphaning,
  unreached: (place) => unreachedIn(place, coreGroup, 'KubeFedCluster', kubefedNamespace),
  undoObjects: undoKubefedObjects,
  commands: {
    'kubefed-federated-cacerts': undoCacerts,
    'kubefed-join': undoJoin,
    'kubefed-install-engine': undoInstallation,
  },
};
