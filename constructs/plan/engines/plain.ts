import { applyOverrides } from '../../domain/kubefed-overrides.ts';
import type { Cluster, KubernetesObject, WorkloadObject } from '../../model/federation.ts';
import { planFile } from '../component.ts';
import type { Engine } from './engine.ts';

/** No engine: every cluster's directory holds what runs there, with what differs there already in it. */
export const plain: Engine = {
  files: (federation, cluster) =>
    federation.workloads
      .filter(({ delivery }) => delivery === 'federated')
      .flatMap((workload) => {
        const objects = workload.objects
          .filter(({ clusters }) => clusters.has(cluster.name))
          .map((object) => renderObject(object, cluster));
        const cause = `workloads.${workload.name}`;
        return objects.length === 0
          ? []
          : [planFile(cluster, 'workloads', workload.name, cause, { kind: 'workload', objects })];
      }),
  effective: () => [],
};

function renderObject({ object, overrides }: WorkloadObject, { name: cluster }: Cluster): KubernetesObject {
  const patches = overrides.filter((override) => override.cluster === cluster).flatMap((override) => override.patches);
  const result = applyOverrides(object, patches);
  if (result.kind === 'failed')
    throw new Error(`${object.kind}/${object.metadata.name}: override ${result.index} does not apply`);
  return result.document as KubernetesObject;
}
