import { planFile } from '../component.ts';
import type { Engine } from './engine.ts';
import { causeOf, federatedWorkloads, objectsIn, overridden } from './federated.ts';

/** No engine: every cluster's directory holds what runs there, with what differs there already in it. */
export const plain: Engine = {
  files: (federation, cluster) =>
    federatedWorkloads(federation).flatMap((workload) => {
      const objects = objectsIn(workload, cluster, ({ object }, patches) => overridden(object, patches));
      return objects.length === 0
        ? []
        : [planFile(cluster, 'workloads', workload.name, causeOf(workload), { kind: 'objects', objects })];
    }),
  apiFiles: () => [],
  effective: () => [],
};
