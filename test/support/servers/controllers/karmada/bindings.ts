import type { ApiServer } from '../../api/api-server.ts';
import { listAt, mapAt, type StoredObject, textAt, valueAt } from '../../api/object.ts';
import { ensure } from '../controller.ts';

/** The policies of Karmada of some kinds. */
export function policiesOf(server: ApiServer, ending: 'PropagationPolicy' | 'OverridePolicy'): readonly StoredObject[] {
  return server.entries
    .filter(({ kind }) => kind.group === 'policy.karmada.io' && kind.kind.endsWith(ending))
    .map(({ object }) => object);
}

/** Whether a policy is about an object. */
export function selects(policy: StoredObject, { apiVersion, kind, metadata }: StoredObject): boolean {
  const { name, namespace = '' } = metadata;
  if (!policy.kind.startsWith('Cluster') && (policy.metadata.namespace ?? '') !== namespace) return false;
  return listAt(policy, 'spec', 'resourceSelectors').some(
    (one) =>
      textAt(one, 'kind') === kind &&
      textAt(one, 'apiVersion') === apiVersion &&
      ['', name].includes(textAt(one, 'name')) &&
      ['', namespace].includes(textAt(one, 'namespace')),
  );
}

/** Makes the binding of an object, if a policy places it. A binding outlives its policy. */
export function bind(server: ApiServer, object: StoredObject): void {
  const policy = policiesOf(server, 'PropagationPolicy').find((one) => selects(one, object));
  if (policy === undefined) return;
  const { name, namespace, uid } = object.metadata;
  const place = namespace === undefined ? {} : { namespace };
  const placement = mapAt(policy, 'spec', 'placement');
  const spec = {
    resource: { apiVersion: object.apiVersion, kind: object.kind, name, ...place, uid },
    placement,
    clusters: listAt(placement, 'clusterAffinity', 'clusterNames').map((one) => ({ name: one })),
    preserveResourcesOnDeletion: valueAt(policy, 'spec', 'preserveResourcesOnDeletion') === true,
  };
  const kind = namespace === undefined ? 'ClusterResourceBinding' : 'ResourceBinding';
  const metadata = { name: `${name.replaceAll(':', '.')}-${object.kind.toLowerCase()}`, ...place };
  ensure(server, { apiVersion: 'work.karmada.io/v1alpha2', kind, metadata, spec }, 'karmada');
}
