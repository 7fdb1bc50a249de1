import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { UnitsOfWave } from '../../../plan/gitops/gitops-plan.ts';
import type { DirectoryUnit } from '../../../plan/gitops/units.ts';
import { dependsOnBarrier, requestedAt } from './barriers.ts';
import { accessTo, type Flux } from './fluxes.ts';
import { healthOf } from './health.ts';
import { kustomizeApi, pathOf, sourceRef, timing } from './source.ts';

/**
 * The Kustomization of a directory. It waits for the wave before by itself, too, because it sees a commit before its own
 * barrier does. If it is deleted, its objects stay.
 */
export function directoryEntry(
  context: GitopsContext,
  flux: Flux,
  unit: DirectoryUnit,
  before: UnitsOfWave | null,
): object {
  const autoscaled = context.contentOf(unit).autoscaled;
  return {
    apiVersion: kustomizeApi,
    kind: 'Kustomization',
    metadata: {
      name: unit.name,
      namespace: context.plan.gitops.namespace,
      annotations: { [requestedAt]: context.contentOf(unit).digest },
    },
    spec: {
      ...timing,
      ...accessTo(context, flux, unit),
      path: pathOf(context, unit.path),
      prune: true,
      deletionPolicy: 'Orphan',
      force: false,
      sourceRef: sourceRef(context),
      ...dependsOnBarrier(context, before),
      ...healthOf(context, unit),
      ...(autoscaled.length === 0
        ? {}
        : {
            ignore: autoscaled.map(({ group, kind, namespace, name }) => ({
              target: { group, kind, ...(namespace === null ? {} : { namespace }), name },
              paths: ['/spec/replicas'],
            })),
          }),
    },
  };
}
