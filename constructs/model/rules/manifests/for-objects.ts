import type { Path } from '../../../domain/json/path.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { deliveryOf, type Evidence, workloadsOf } from '../evidence.ts';

/** What is wrong with an object, and the part of it that is. */
export type ObjectFinding = Pick<Finding, 'got' | 'expected' | 'fix'> & { readonly at: Path };

/** Findings for every object that `judge` objects to; `at` is the part of the object that it names. */
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
