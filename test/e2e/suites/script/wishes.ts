import type { Synthesized } from '../../environment.ts';
import { get } from '../../kubernetes/kubectl.ts';
import { clusterFor, objectsOf } from '../../product/output.ts';

type Fields = Record<string, unknown>;

/**
 * The desired state of each object of an output: the whole object except its status and the server's records of
 * changes.
 */
export async function wishesOf(output: Synthesized): Promise<Record<string, object>> {
  const wishes: Record<string, object> = {};
  for (const { cluster, group, kind, namespace, name } of objectsOf(output)) {
    const resource = group === '' ? kind : `${kind}.${group}`;
    const where = namespace === '' ? [] : [`--namespace=${namespace}`];
    const object = await get<Fields & { metadata: Fields }>(clusterFor(output, cluster), [
      `${resource}/${name}`,
      ...where,
    ]);
    const { status: _, metadata, ...rest } = object;
    const { resourceVersion: __, managedFields: ___, ...kept } = metadata;
    wishes[[cluster, resource, namespace, name].join(' ')] = { ...rest, metadata: kept };
  }
  return wishes;
}
