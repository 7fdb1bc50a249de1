import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { StoredRecord } from '../../record/record.ts';
import { allFindings, aProblem, type Findings } from '../findings.ts';
import type { RecordsByCluster } from './check-records.ts';

/**
 * Whether clusters belong to another federation already. Two of them in one cluster would share gateways, secrets and Istio,
 * and whoever removes one would remove the other's. A federation with a new name looks the same.
 */
export function checkOtherFederations(federation: string, records: RecordsByCluster): Findings {
  const all = [...records].flatMap(([cluster, { others }]) => others.map((stored) => ({ cluster, stored })));
  const byFederation = groupBy(all, ({ stored }) => stored.record.federation);
  return allFindings([...byFederation].map(([other, held]) => belongsTo(federation, other, held)));
}

function belongsTo(
  federation: string,
  other: string,
  held: readonly { readonly cluster: string; readonly stored: StoredRecord }[],
): Findings {
  const places = held.map(({ cluster, stored: { record, parts } }) => {
    const as = record.cluster === cluster ? '' : ` as ${record.cluster}`;
    return `${cluster}${as} (ConfigMap ${parts.map(({ name }) => name).join(', ')} of kube-system)`;
  });
  return aProblem(
    `${places.join(', ')}: there is already the federation ${other}, and both would share gateways, secrets and Istio`,
    `if ${federation} is the new name of ${other}: mesh-federation apply --renamed-from ${other}; otherwise remove ${other} from there first with its own mesh-federation destroy, or leave the cluster out of ${federation}`,
  );
}
