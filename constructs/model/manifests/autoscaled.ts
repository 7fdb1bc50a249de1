import { scaleTargetOf } from '../../domain/kubernetes/autoscaling.ts';
import type { Manifest } from './manifest.ts';

/**
 * `NAMESPACE/KIND/NAME` of every object that a HorizontalPodAutoscaler in the manifests scales.
 *
 * @param namespaceOf the namespace of the workload at a position of the declaration
 */
export function autoscaledOf(
  manifests: readonly Manifest[],
  namespaceOf: (workload: number) => string | undefined,
): ReadonlySet<string> {
  return new Set(
    manifests.flatMap(({ object, workload }) => {
      const target = scaleTargetOf(object);
      return target === null ? [] : [`${namespaceOf(workload)}/${target}`];
    }),
  );
}
