import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import { labelOf } from '../../../plan/gitops/entry-names.ts';
import type { Flux } from './fluxes.ts';
import { sourceApi } from './source.ts';

/** Group and version of HelmReleases. */
export const helmApi = 'helm.toolkit.fluxcd.io/v2';

/** Name of the object for the repository with Istio's charts. A federation has one such repository. */
export const chartsName = ({ federation }: GitopsContext): string => labelOf(federation.name, 'charts');

/** The repository with the charts of the releases. None without releases. */
export function helmRepositories(context: GitopsContext, { waves }: Flux): readonly object[] {
  const urls = new Set(
    waves.flatMap(({ units }) => units.flatMap((unit) => (unit.kind === 'release' ? [unit.chartRepository] : []))),
  );
  return [...urls].map((url) => ({
    apiVersion: sourceApi,
    kind: 'HelmRepository',
    metadata: { name: chartsName(context), namespace: context.plan.gitops.namespace },
    spec: { interval: '1h', ...(url.startsWith('oci://') ? { type: 'oci' } : {}), url },
  }));
}
