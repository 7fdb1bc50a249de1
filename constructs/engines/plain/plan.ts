import { planFile } from '../../plan/component.ts';
import type { EnginePlan } from '../../plan/engines/engine.ts';
import { causeOf, federatedWorkloads, objectsIn, overridden } from '../../plan/engines/federated.ts';

/** No engine: every cluster's directory holds what runs there, with what differs there already in it. */
export const plainPlan: EnginePlan = {
  files: (federation, cluster) =>
    federatedWorkloads(federation).flatMap((workload) => {
      const objects = objectsIn(workload, cluster, ({ object }, patches) => overridden(object, patches));
      return objects.length === 0
        ? []
        : [planFile(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'objects', objects })];
    }),
  apiFiles: () => [],
  effective: () => [],
  steps: () => [],
  carriedNamespaces: null,
};
