import { planFile } from '../component.ts';
import type { Engine } from './engine.ts';
import { causeOf, federatedWorkloads, objectsIn, overridden } from './federated.ts';

/** No engine: every cluster's directory holds what runs there, with what differs there already in it. */
export const plain: Engine = {
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
          : [planFile(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'workload', objects })];
      });
  },
  apiFiles: () => [],
  effective: () => () => [],
};
