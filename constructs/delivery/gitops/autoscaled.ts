import { groupOf } from '../../domain/kubernetes/kinds.ts';
import { namespaceOf } from '../../domain/kubernetes/object.ts';
import type { Federation } from '../../model/federation.ts';
import type { ObjectIdentity } from '../output-file.ts';

/** Whether an autoscaler sets the replicas of an object. */
export function autoscaledOf({ workloads }: Federation): (object: ObjectIdentity) => boolean {
  const autoscaled = new Set(
    workloads
      .flatMap(({ objects }) => objects)
      .filter(({ isAutoscaled }) => isAutoscaled)
      .map(({ object }) =>
        keyOf({
          group: groupOf(object.apiVersion),
          kind: object.kind,
          namespace: namespaceOf(object),
          name: object.metadata.name,
        }),
      ),
  );
  return (object) => autoscaled.has(keyOf(object));
}

const keyOf = ({ group, kind, namespace, name }: ObjectIdentity): string =>
  JSON.stringify([group, kind, namespace, name]);
