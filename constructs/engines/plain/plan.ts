import { planFile } from '../../plan/component.ts';
import { noEngineConditions } from '../../plan/conditions/engine-conditions.ts';
import type { EnginePlan } from '../../plan/engines/engine.ts';
import { causeOf, federatedWorkloads, objectsIn, overridden } from '../../plan/engines/federated.ts';

/**
 * No engine: the directory of every cluster holds the objects that run there, with the differences of that cluster
 * applied.
 */
export const plainPlan: EnginePlan = {
  files: (federation) => {
    const workloads = federatedWorkloads(federation).map((workload) => ({
      workload,
      inCluster: objectsIn(workload, ({ object }, patches) => overridden(object, patches)),
    }));
    return (cluster) =>
      workloads.flatMap(({ workload, inCluster }) => {
        const objects = inCluster(cluster);
        return objects.length === 0
          ? []
          : [planFile(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'objects', objects })];
      });
  },
  apiFiles: () => [],
  effective: () => () => [],
  steps: () => [],
  carriedNamespaces: null,
  conditions: noEngineConditions,
};
