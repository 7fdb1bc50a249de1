import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import type { Path } from '../../../domain/json/path.ts';
import { asWritten, belowPilot } from '../../schemas/pilot-values.ts';
import { clustersOf, type Evidence, istioReleaseOf } from '../evidence.ts';

/** Values of the mesh or of one cluster, and their path. */
export interface DeclaredValues {
  readonly path: Path;
  /** The values, with those of istiod below `pilot`. */
  readonly values: Mapping;
  /** Position of the cluster, or null for the values of the mesh. */
  readonly cluster: number | null;
  /** The path in the declaration of a part of the values. */
  readonly at: (part: Path) => Path;
}

/** The user's own chart values, of the mesh and of each cluster that has some. */
export function declaredValues(evidence: Evidence): readonly DeclaredValues[] {
  const { istio } = evidence.declaration;
  const mesh = { path: ['istio', 'values'], written: istio?.values, cluster: null };
  const clusters = clustersOf(evidence).map(({ index, cluster }) => ({
    path: ['clusters', index, 'istio', 'values'],
    written: cluster.istio?.values,
    cluster: index,
  }));
  return [mesh, ...clusters].flatMap(({ path, written, cluster }) => {
    if (!isMapping(written) || Object.keys(written).length === 0) return [];
    const isHelm = istio?.installer === 'helm';
    return [
      {
        path,
        cluster,
        values: isHelm ? belowPilot(written) : written,
        at: (part: Path) => [...path, ...(isHelm ? asWritten(written, part) : part)],
      },
    ];
  });
}

/** The same, or none on Istio 1.7, which takes no values. */
export function currentValues(evidence: Evidence): readonly DeclaredValues[] {
  return istioReleaseOf(evidence)?.dialect.name === 'current' ? declaredValues(evidence) : [];
}
