import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import { undoTable } from '../engines/undo-table.ts';
import { cacertsSecret } from '../record/created.ts';
import type { ClusterRecord } from '../record/record.ts';
import { keyOf } from '../record/record-rows.ts';

/**
 * The objects that an engine brings to the clusters, by their keys: as the plan says, and as the records of the clusters say
 * from which engines deliver. A cluster cannot remember that we applied these.
 */
export function broughtByEngines({ steps }: PlanJson, records: readonly ClusterRecord[]): ReadonlySet<string> {
  const planned = steps.flatMap(({ brings }) =>
    brings.flatMap((one) => (one.brings === 'object' && one.isEverywhere ? [referenceTo(one)] : [])),
  );
  return new Set([...planned, ...records.flatMap(broughtBy)].map(keyOf));
}

function broughtBy({ cluster, objects, created, commands }: ClusterRecord): readonly ObjectReference[] {
  const namespaces = [...objects, ...created].flatMap((one) =>
    undoTable.flatMap(({ madeFrom }) => {
      const made = madeFrom({ ...one, cluster, wave: '' });
      return made?.kind === 'Namespace' ? [{ group: '', kind: 'Namespace', namespace: null, name: made.name }] : [];
    }),
  );
  const carries = commands.some(({ undo }) => undo.endsWith('-federated-cacerts'));
  return [...namespaces, ...(carries ? [cacertsSecret] : [])];
}

const referenceTo = ({ group, kind, namespace, name }: ObjectReference): ObjectReference => ({
  group,
  kind,
  namespace,
  name,
});
