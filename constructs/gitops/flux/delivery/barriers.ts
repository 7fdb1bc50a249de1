import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import { labelOf } from '../../../plan/gitops/entry-names.ts';
import type { UnitsOfWave } from '../../../plan/gitops/gitops-plan.ts';
import { helmApi } from './charts.ts';
import type { Flux } from './fluxes.ts';
import { kustomizeApi, pathOf, sourceRef, timing } from './source.ts';

/** The annotation by which Flux reconciles an object when its value changes. */
export const requestedAt = 'reconcile.fluxcd.io/requestedAt';

/** Name of the barrier of a wave. */
export const barrierName = ({ federation }: GitopsContext, { directory }: UnitsOfWave): string =>
  labelOf(federation.name, directory);

/** What a Kustomization waits for: the barrier of the wave before. */
export function dependsOnBarrier(context: GitopsContext, before: UnitsOfWave | null): object {
  return before === null ? {} : { dependsOn: [{ name: barrierName(context, before) }] };
}

// A unit is not ready as long as it has not handled the request of the commit that the barrier applies. Its readiness could
// be the one for an earlier commit. Waiting for a dependency is no failure.
const isFailed =
  "status.conditions.exists(c, c.type == 'Ready' && c.status == 'False' && c.reason != 'DependencyNotReady')";
const isReady = "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const isBehind = `!has(status.lastHandledReconcileAt) || status.lastHandledReconcileAt != metadata.annotations['${requestedAt}']`;

/** The barrier of a wave: a Kustomization of its units that is ready when all of them are, at the same commit. */
export function barrierOf(context: GitopsContext, flux: Flux, wave: UnitsOfWave, before: UnitsOfWave | null): object {
  return {
    apiVersion: kustomizeApi,
    kind: 'Kustomization',
    metadata: { name: barrierName(context, wave), namespace: context.plan.gitops.namespace },
    spec: {
      ...timing,
      path: pathOf(context, `${flux.directory}/${wave.directory}`),
      prune: true,
      force: false,
      sourceRef: sourceRef(context),
      ...dependsOnBarrier(context, before),
      wait: true,
      healthCheckExprs: [
        { apiVersion: kustomizeApi, kind: 'Kustomization', inProgress: isBehind, failed: isFailed, current: isReady },
        { apiVersion: helmApi, kind: 'HelmRelease', inProgress: isBehind, failed: isFailed, current: isReady },
      ],
    },
  };
}
