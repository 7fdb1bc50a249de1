import { groupBy } from '../../constructs/domain/group-by.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { undoTable } from '../engines/undo-table.ts';
import type { ClusterRecord, RecordedObject, StoredRecord } from '../record/record.ts';
import { keyOf } from '../record/record-rows.ts';
import { tellLeft, tellLeftToUser, whyKept, whyLeft } from '../removal/claims.ts';
import { deleteObjects } from '../removal/delete.ts';
import { holdsOthers, lossOf } from '../removal/holding-kinds.ts';
import { type FoundObject, lookUp } from '../removal/look-up.ts';
import { openPlace } from '../removal/open-place.ts';
import { type Place, refuseAfterStop } from '../removal/place.ts';
import { readOthers } from '../removal/read-others.ts';
import { remoteSecretOf } from '../removal/remote-secrets.ts';
import { resourceOf } from '../removal/resource.ts';
import type { Run, Tell } from '../run/run.ts';
import { type GivenBack, givenBackIn } from './given-back.ts';
import { staleObjects, staleRemoteSecrets } from './stale.ts';
import { type TakenOver, takenOverIn } from './taken-over.ts';

/** The inputs of a decision about one object. */
interface Judge {
  readonly place: Place;
  readonly takenOver: TakenOver;
  readonly givenBack: GivenBack;
}

/**
 * Deletes the objects of a cluster that an earlier output applied and this one no longer has, the last wave first, and the
 * remote secrets of clusters that have left. What holds other objects or data stays, whoever asks; so does what an engine has
 * taken over, what we have not applied, and what another federation's record lists. Unless the run applies, it only says what
 * it would delete.
 *
 * @returns the record as it is afterwards, which the caller writes
 */
export async function prune(run: Run, cluster: Cluster, { record }: StoredRecord, tell: Tell): Promise<ClusterRecord> {
  const objects = staleObjects(record, run.output);
  const secrets = staleRemoteSecrets(record, run.output);
  if (objects.length === 0 && secrets.length === 0) return record;
  const others = await readOthers(cluster, record.federation);
  const place = await openPlace({ cluster, others, tell, ...run.settings, stop: run.stop });
  const judge = {
    place,
    takenOver: takenOverIn(cluster, run.output),
    givenBack: givenBackIn(cluster.name, run.output),
  };
  const references = secrets.flatMap(({ args }) => remoteSecretOf(args) ?? []);
  const found = await lookUp(place, [...references, ...objects]);
  const isSecret = new Set(references.map(keyOf));
  // Calls go first: an istiod still reads a cluster that has left.
  await pruneGroup(
    run,
    judge,
    found.filter((one) => isSecret.has(keyOf(one))),
  );
  for (const [, wave] of groupBy(objects, ({ wave: name }) => name)) {
    const keys = new Set(wave.map(keyOf));
    await pruneGroup(
      run,
      judge,
      found.filter((one) => keys.has(keyOf(one))),
    );
  }
  if (run.mode !== 'apply') return record;
  const kept = new Set(found.filter((one) => staysRecorded(judge, one)).map(keyOf));
  const isGone = (object: RecordedObject): boolean => objects.includes(object) && !kept.has(keyOf(object));
  return {
    ...record,
    objects: record.objects.filter((object) => !isGone(object)),
    commands: record.commands.filter((command) => !secrets.includes(command)),
  };
}

async function pruneGroup({ mode, stop }: Run, judge: Judge, found: readonly FoundObject[]): Promise<void> {
  const { place, givenBack } = judge;
  refuseAfterStop({ stop });
  const ours = found.filter((object) => mayDelete(judge, object));
  if (mode !== 'apply') {
    for (const object of ours) place.tell(`${resourceOf(object)} would be deleted`);
    return;
  }
  for (const object of ours) await givenBack(object)?.release?.(place, object);
  await deleteObjects(
    place,
    ours.filter((object) => givenBack(object) === null),
    (object) => whyNotPruned(judge, object) === null,
  );
}

function mayDelete(judge: Judge, object: FoundObject): boolean {
  const { place } = judge;
  if (holds(object)) {
    tellLeftToUser(place, object, lossOf(object.kind));
    return false;
  }
  const why = whyNotPruned(judge, object);
  if (why !== null) tellLeft(place, object, why);
  return why === null;
}

function whyNotPruned({ place, takenOver, givenBack }: Judge, object: FoundObject): string | null {
  const engine = takenOver(object);
  if (engine !== null) return `${engine} delivers it now`;
  const former = givenBack(object);
  if (former !== null && former.release === null)
    return `it is applied directly now, and ${former.title} would delete it everywhere`;
  return whyLeft(place, object);
}

const holds = (object: FoundObject): boolean =>
  holdsOthers(object) || undoTable.some((engine) => engine.holdsOthers(object));

// The removal of the federation decides about these later.
function staysRecorded({ place, givenBack }: Judge, object: FoundObject): boolean {
  return holds(object) || whyKept(place, object) !== null || givenBack(object)?.release === null;
}
