import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import type { Path } from '../../../domain/json/path.ts';
import { clustersOf, type Evidence, istioReleaseOf } from '../evidence.ts';

/** Values of the mesh or of one cluster, and their path. */
export interface DeclaredValues {
  readonly path: Path;
  readonly values: Mapping;
  /** Position of the cluster, or null for the values of the mesh. */
  readonly cluster: number | null;
}

/** The user's own chart values, of the mesh and of each cluster that has some. */
export function declaredValues(evidence: Evidence): readonly DeclaredValues[] {
  const mesh = { path: ['istio', 'values'], values: evidence.declaration.istio?.values, cluster: null };
  const clusters = clustersOf(evidence).map(({ index, cluster }) => ({
    path: ['clusters', index, 'istio', 'values'],
    values: cluster.istio?.values,
    cluster: index,
  }));
  return [mesh, ...clusters].flatMap(({ values, ...rest }) =>
    isMapping(values) && Object.keys(values).length > 0 ? [{ ...rest, values }] : [],
  );
}

/** The same, or none on Istio 1.7, which takes no values. */
export function currentValues(evidence: Evidence): readonly DeclaredValues[] {
  return istioReleaseOf(evidence)?.dialect.name === 'current' ? declaredValues(evidence) : [];
}
