import type { Output } from '../plan/output.ts';
import type { ClusterRecord, RecordedCommand, RecordedObject } from '../record/record.ts';
import { keyOf } from '../record/record-rows.ts';
import { remoteSecretUndo } from '../removal/remote-secrets.ts';

/** The objects of a record that an output no longer applies to the cluster, in any wave; the last wave first. */
export function staleObjects({ cluster, objects }: ClusterRecord, output: Output): readonly RecordedObject[] {
  const planned = new Set(output.objects.filter((object) => object.cluster === cluster).map(keyOf));
  const stale = objects.filter((object) => !planned.has(keyOf(object)));
  return [...stale].sort((one, other) => (one.wave < other.wave ? 1 : one.wave > other.wave ? -1 : 0));
}

/** The remote secrets of a record for clusters that an output no longer lets the cluster read. */
export function staleRemoteSecrets({ cluster, commands }: ClusterRecord, { plan }: Output): readonly RecordedCommand[] {
  const planned = new Set(
    plan.steps.flatMap((step) =>
      step.action === 'remote-secret' && step.target.name === cluster ? [keyOfRead(step.read)] : [],
    ),
  );
  return commands.filter(
    ({ undo, args: [name = '', istioCluster = ''] }) =>
      undo === remoteSecretUndo && !planned.has(keyOfRead({ name, istioCluster })),
  );
}

const keyOfRead = ({ name, istioCluster }: { readonly name: string; readonly istioCluster: string }): string =>
  JSON.stringify([name, istioCluster]);
