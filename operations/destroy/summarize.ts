import type { ClusterSummary } from '../apply/events.ts';
import { enginesIn } from '../engines/undo-table.ts';
import { cacertsSecret } from '../record/created.ts';
import type { ClusterRecord, RecordedCommand } from '../record/record.ts';
import { istioDefinitions, keyOf } from '../record/record-rows.ts';
import { whyIstioStays, whyLeft } from '../removal/claims.ts';
import { type FoundObject, lookUp } from '../removal/look-up.ts';
import type { Place } from '../removal/place.ts';
import { resourceOf } from '../removal/resource.ts';
import { isCreated } from '../undoing/ledger.ts';
import type { Undoing } from '../undoing/undoing.ts';
import { commandsToUndo, undoOf, whyCommandIsLeft } from './commands/commands-to-undo.ts';
import { leftWords } from './undo-wave.ts';

/** What the removal is about to do in a cluster: every deletion, what stays, and what cannot be told before. */
export interface RemovalSummary {
  readonly summary: ClusterSummary;
  /** What the record lists and stays, with the reasons. */
  readonly left: readonly string[];
}

/** Looks up everything that a record lists, and says what will be done with it. */
export async function summarizeRemoval(
  undoing: Undoing,
  place: Place,
  identity: ClusterSummary['identity'],
): Promise<RemovalSummary> {
  const { name, context, uid, kubectl } = place.cluster;
  const record = undoing.ledger.recordOf(name);
  const commands = await judgeCommands(undoing, place, [...commandsToUndo(undoing, name)].reverse());
  const objects = undoing.isRemoved(name) ? await judgeObjects(place, record) : { deletions: [], left: [] };
  const server = await kubectl.getServer();
  return {
    summary: {
      cluster: name,
      context,
      server: server.kind === 'found' ? server.value : null,
      uid,
      identity,
      steps: [],
      deletions: [
        ...commands.deletions,
        ...objects.deletions,
        ...(undoing.isRemoved(name) ? remains(place, record) : []),
      ],
      unknowable: [...commands.unknowable, ...(undoing.isRemoved(name) ? unknowable(record) : [])],
      appliedUntil: record.progress?.wave ?? null,
    },
    left: [...commands.left, ...objects.left],
  };
}

async function judgeCommands(undoing: Undoing, place: Place, commands: readonly RecordedCommand[]) {
  const { name } = place.cluster;
  const deletions: string[] = [];
  const left: string[] = [];
  const unknowableTools: string[] = [];
  for (const command of commands) {
    const undo = undoOf(command);
    const why = await whyCommandIsLeft(undoing, place, command);
    if (undo === null || why !== null) left.push(`left on ${name}: ${leftWords(command)}; ${why}`);
    else {
      deletions.push(undo.describe(command.args, name));
      if (undo.tool !== null)
        unknowableTools.push(`what ${undo.tool} deletes when ${undo.describe(command.args, name)}`);
    }
  }
  return { deletions, left, unknowable: unknowableTools };
}

async function judgeObjects(place: Place, record: ClusterRecord) {
  const found = new Map((await lookUp(place, record.objects)).map((object) => [keyOf(object), object]));
  const present = [...record.objects].reverse().flatMap((object) => found.get(keyOf(object)) ?? []);
  const atTheEnd = ({ kind }: FoundObject): boolean => ['Namespace', istioDefinitions.kind].includes(kind);
  const judged = present
    .filter((object) => !atTheEnd(object))
    .map((object) => ({ object, why: whyLeft(place, object) ?? whyNotCreated(record, object) }));
  return {
    deletions: judged.filter(({ why }) => why === null).map(({ object }) => wouldBeDeleted(object)),
    left: judged
      .filter(({ why }) => why !== null)
      .map(({ object, why }) => `left on ${place.cluster.name}: ${resourceOf(object)}; ${why}`),
  };
}

// The namespaces of the members go with it.
function whyNotCreated(record: ClusterRecord, object: FoundObject): string | null {
  return object.kind === 'FederatedNamespace' && !isCreated(record, object) ? 'it was there before' : null;
}

function wouldBeDeleted(object: Pick<FoundObject, 'group' | 'kind' | 'namespace' | 'name'>): string {
  const place = object.namespace === null ? '' : ` from namespace ${object.namespace}`;
  return `${resourceOf(object)} would be deleted${place}`;
}

function remains(place: Place, record: ClusterRecord): readonly string[] {
  const isIstio = keyOf(istioDefinitions);
  const ofIstio = isCreated(record, istioDefinitions) && whyIstioStays(place) === null;
  const definitions = record.created.filter(({ kind }) => kind === istioDefinitions.kind);
  const namespaces = record.created.filter(({ group, kind }) => group === '' && kind === 'Namespace');
  return [
    ...(ofIstio ? ["Istio's CustomResourceDefinitions would be deleted, unless there is an object of them"] : []),
    ...(isCreated(record, cacertsSecret) ? [wouldBeDeleted(cacertsSecret)] : []),
    ...definitions
      .filter((one) => keyOf(one) !== isIstio)
      .map((one) => `${wouldBeDeleted(one)}, unless there is an object of it`),
    ...namespaces.map((one) => `${wouldBeDeleted(one)}, unless somebody else has objects in it`),
    `configmap/mesh-federation-${record.federation} would be deleted from namespace kube-system`,
  ];
}

function unknowable({ objects, created }: ClusterRecord): readonly string[] {
  const isDelivering = enginesIn(objects).length > 0;
  return [
    ...(isDelivering ? ['the copies that its engine deletes in the other clusters'] : []),
    ...(created.length === 0 ? ['who created its namespaces and CustomResourceDefinitions: they stay'] : []),
  ];
}
