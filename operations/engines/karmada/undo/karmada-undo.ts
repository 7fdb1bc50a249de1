import { federationDirectory } from '../../../../constructs/model/engine.ts';
import type { EngineUndo } from '../../engine-undo.ts';
import { unreachedIn } from '../../unreached.ts';
import { karmadaLabel, policyGroup, undoKarmadaObjects } from './undo-objects.ts';

/** How the work of Karmada is undone. */
export const karmadaUndo: EngineUndo = {
  title: 'Karmada',
  group: policyGroup,
  label: karmadaLabel,
  unjoin: 'karmadactl unjoin',
  // Its templates have the kinds of Kubernetes.
  holdsOthers: () => false,
  madeFrom: ({ cluster, group, kind, namespace, name }) =>
    cluster === federationDirectory && group !== policyGroup ? { kind, namespace, name } : null,
  release: null,
  unreached: (place) => unreachedIn(place, 'cluster.karmada.io', 'Cluster', null),
  undoObjects: undoKarmadaObjects,
  commands: {},
};
