import type { ObjectReference } from '../../../clusters/changes.ts';
import { tellLeft, whyKept } from '../../../removal/claims.ts';
import { deleteObjects } from '../../../removal/delete.ts';
import { deleteRecorded } from '../../../removal/delete-recorded.ts';
import { listObjects } from '../../../removal/list-objects.ts';
import { lookUp } from '../../../removal/look-up.ts';
import type { Place } from '../../../removal/place.ts';
import type { CommandUndo } from '../../../undoing/command-undo.ts';
import { aboutItself, oneByOne } from '../../../undoing/command-undo.ts';
import { isCreated } from '../../../undoing/ledger.ts';
import { runTool } from '../../../undoing/run-tool.ts';
import type { Undoing } from '../../../undoing/undoing.ts';
import { namespaceOf } from '../../disown.ts';
import { type Chart, chartWords, whyChartIsRefused } from './chart.ts';
import { objectsOfDocuments } from './documents.ts';
import { coreGroup, kubefedNamespace } from './names.ts';
import { whoElseFederates, whoElseIsRecorded } from './who-else.ts';

const controller: ObjectReference = {
  group: 'apps',
  kind: 'Deployment',
  namespace: kubefedNamespace,
  name: 'kubefed-controller-manager',
};

/** Removes KubeFed. The arguments: the release, the version and the repository of the chart. */
export const undoInstallation: CommandUndo = {
  tool: 'helm',
  about: aboutItself,
  describe: () => 'KubeFed is removed',
  whyLeft: (undoing, place, { args }) => {
    const record = undoing.ledger.recordOf(place.cluster.name);
    if (!isCreated(record, controller)) return 'KubeFed was there before';
    return whyChartIsRefused(undoing, args) ?? whoElseIsRecorded(place);
  },
  undo: oneByOne(async (undoing, place, args) => {
    const others = await whoElseFederates(place);
    if (others !== null) return place.tell(`left on ${place.cluster.name}: KubeFed; ${others}`);
    await removeInstallation(undoing, place, chartOf(args));
  }),
};

const chartOf = ([name = '', version = '', repository = '']: readonly string[]): Chart => ({
  name,
  version,
  repository,
});

// Only the controller removes the finalizers of FederatedTypeConfigs, so they are deleted before it.
async function removeInstallation({ program }: Undoing, place: Place, chart: Chart): Promise<void> {
  const helm = (words: readonly string[]): Promise<string> =>
    runTool(
      program,
      { tool: 'helm', args: words, timeoutSeconds: place.timeoutSeconds },
      'cannot tell what KubeFed consists of',
    );
  const words = chartWords(chart);
  const rendered = await helm(['template', chart.name, ...words, `--namespace=${kubefedNamespace}`, '--no-hooks']);
  const objects = objectsOfDocuments(rendered, place.kinds, kubefedNamespace);
  const definitions = objectsOfDocuments(await helm(['show', 'crds', ...words]), place.kinds, kubefedNamespace);
  const isLate = ({ group, kind, name }: ObjectReference): boolean =>
    group === coreGroup || (kind === controller.kind && name === controller.name);
  await deleteTypes(place);
  await deleteRecorded(place, objects.filter(isLate));
  await deleteRecorded(
    place,
    objects.filter((object) => !isLate(object)),
  );
  await deleteRecorded(place, definitions);
  await deleteNamespace(place);
}

async function deleteTypes(place: Place): Promise<void> {
  const types = place.kinds.find(coreGroup, 'FederatedTypeConfig');
  if (types === null) return;
  const resource = `${types.plural}.${coreGroup}`;
  await deleteObjects(place, await listObjects(place, { resource, namespace: kubefedNamespace }));
}

// A join creates it, too, if it comes first: so the server need not remember that we applied it.
async function deleteNamespace(place: Place): Promise<void> {
  const namespace = namespaceOf(kubefedNamespace);
  const why = whyKept(place, namespace);
  if (why !== null) return tellLeft(place, namespace, why);
  await deleteObjects(place, await lookUp(place, [namespace]));
}
