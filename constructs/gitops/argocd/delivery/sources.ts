import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { ReleaseUnit, Unit } from '../../../plan/gitops/units.ts';

/** Where Argo CD finds a chart. It writes a registry without its scheme (v3.5.7 docs/user-guide/oci.md). */
export const chartRepositoryOf = (url: string): string => url.replace(/^oci:\/\//, '');

/** The source of a directory, or the sources of a release: its chart, and the repository with its values. */
export function sourcesOf({ plan: { gitops } }: GitopsContext, unit: Unit): object {
  const repository = { repoURL: gitops.repository, targetRevision: gitops.revision };
  if (unit.kind === 'directory') return { source: { ...repository, path: `${gitops.path}/${unit.path}` } };
  // Only a Git repository can be named as the place of values (v3.5.7 reposerver/repository/repository.go).
  if (gitops.isRegistry) return { source: chartOf(unit, { valuesObject: unit.values }) };
  return {
    sources: [chartOf(unit, { valueFiles: [`$values/${gitops.path}/${unit.path}`] }), { ...repository, ref: 'values' }],
  };
}

function chartOf({ chartRepository, chart, version, release }: ReleaseUnit, values: object): object {
  return {
    repoURL: chartRepositoryOf(chartRepository),
    chart,
    targetRevision: version,
    helm: { releaseName: release, ...values },
  };
}
