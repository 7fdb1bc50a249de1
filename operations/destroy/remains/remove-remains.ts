import { cacertsSecret } from '../../record/created.ts';
import type { ClusterRecord } from '../../record/record.ts';
import { istioDefinitions, keyOf } from '../../record/record-rows.ts';
import { notRemembered, tellLeft, whyKept } from '../../removal/claims.ts';
import { deleteObjects } from '../../removal/delete.ts';
import { lookUpOne } from '../../removal/look-up.ts';
import type { Place } from '../../removal/place.ts';
import { refuseAfterStop } from '../../removal/place.ts';
import { removeNamespace } from '../../removal/remove-namespace.ts';
import { isCreated } from '../../undoing/ledger.ts';
import type { Undoing } from '../../undoing/undoing.ts';
import { removeDefinitions } from './remove-definitions.ts';
import { removeRestOfIstio } from './rest-of-istio.ts';

/** The last deletions in a cluster: objects that nobody else needs, and that did not exist before as the record says. */
export async function removeRemains(
  undoing: Pick<Undoing, 'brought'>,
  place: Place,
  record: ClusterRecord,
  whyIstioIsLeft: () => Promise<string | null>,
): Promise<void> {
  const named = (group: string, kind: string): readonly string[] =>
    record.created
      .filter((one) => one.group === group && one.kind === kind && keyOf(one) !== keyOf(istioDefinitions))
      .map(({ name }) => name);
  sayUnknownCreator(place, record);
  if (isCreated(record, istioDefinitions)) {
    const stays = await whyIstioIsLeft();
    if (stays === null) await removeRestOfIstio(place);
    else place.tell(`left on ${place.cluster.name}: Istio's CustomResourceDefinitions: ${stays}`);
  }
  refuseAfterStop(place);
  if (isCreated(record, cacertsSecret)) await removeCacerts(place, undoing.brought.has(keyOf(cacertsSecret)));
  for (const name of named(istioDefinitions.group, istioDefinitions.kind)) {
    refuseAfterStop(place);
    await removeDefinitions(place, [name], ({ isApplied }) => (isApplied ? null : notRemembered));
  }
  for (const name of named('', 'Namespace')) {
    refuseAfterStop(place);
    const key = keyOf({ group: '', kind: 'Namespace', namespace: null, name });
    await removeNamespace(place, name, undoing.brought.has(key));
  }
}

// apply.sh and earlier versions record no creator: then all of these are somebody else's.
function sayUnknownCreator(place: Place, { created }: ClusterRecord): void {
  if (created.length > 0) return;
  place.tell(
    `left on ${place.cluster.name}: namespaces and CustomResourceDefinitions: its record does not say whether they were there before`,
  );
}

// An engine may have brought it, so the server need not remember that we applied it.
async function removeCacerts(place: Place, isBrought: boolean): Promise<void> {
  const found = await lookUpOne(place, cacertsSecret);
  if (found === null) return;
  const why = whyKept(place, found) ?? (found.isApplied || isBrought ? null : notRemembered);
  if (why !== null) return tellLeft(place, found, why);
  await deleteObjects(place, [found]);
}
