import type { Path } from '../../../domain/json/path.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { deliveryOf, type Evidence, workloadsOf } from '../evidence.ts';

/** A mistake in an object, and the path of the wrong part. */
export type ObjectFinding = Pick<Finding, 'got' | 'expected' | 'fix'> & { readonly at: Path };

/** Findings for every object to which `judge` objects. `at` is the path of the wrong part in the object. */
export function forObjects(
  evidence: Evidence,
  judge: (manifest: Manifest, delivery: 'federated' | 'direct' | undefined) => ObjectFinding | null,
): readonly Finding[] {
  const workloads = new Map(workloadsOf(evidence).map((draft) => [draft.index, draft]));
  return evidence.manifests.flatMap((manifest) => {
    const draft = workloads.get(manifest.workload);
    const finding = judge(manifest, draft === undefined ? undefined : deliveryOf(draft));
    if (finding === null) return [];
    const at = manifest.raw.document.locate([...manifest.raw.path, ...finding.at]);
    return [{ ...finding, path: ['workloads', manifest.workload, 'manifests', manifest.entry], at }];
  });
}
