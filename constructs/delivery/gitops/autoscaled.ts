import { groupOf } from '../../domain/kubernetes/kinds.ts';
import { namespaceOf } from '../../domain/kubernetes/object.ts';
import type { Unit } from '../../plan/gitops/units.ts';
import type { ObjectIdentity } from '../output-file.ts';
import type { GitopsContext } from './entry-points.ts';

/** The objects of a unit whose replicas an autoscaler sets. */
export function autoscaledIn({ federation, contentOf }: GitopsContext, unit: Unit): readonly ObjectIdentity[] {
  const autoscaled = new Set(
    federation.workloads
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
  return contentOf(unit).objects.filter((object) => autoscaled.has(keyOf(object)));
}

const keyOf = ({ group, kind, namespace, name }: ObjectIdentity): string =>
  JSON.stringify([group, kind, namespace, name]);
