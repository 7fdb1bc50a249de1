import type { Finding } from '../../../model/problems/finding.ts';
import type { Evidence } from '../../../model/rules/evidence.ts';
import { patchesOf, placeIn } from '../../../model/rules/overrides/declared-patches.ts';

// Only users write the annotations of these kinds. On any other kind KubeFed would reset the annotations every ten
// seconds, and the controllers would restore theirs (seen on v0.10.0).
const quietKinds = ['ClusterRole', 'ConfigMap', 'ServiceAccount'];

function overrideKeepsAnnotations(evidence: Evidence): readonly Finding[] {
  return patchesOf(evidence)
    .filter(({ patch }) => /^\/metadata\/annotations(\/|$)/.test(patch.path ?? ''))
    .filter(({ resource }) => resource !== undefined && !quietKinds.includes(resource.split('/')[0] ?? ''))
    .map((declared) => ({
      path: placeIn(declared, 'path'),
      got: declared.patch.path,
      expected: `annotations only on ${quietKinds.join(', ')}: on other kinds KubeFed would repeatedly remove the annotations that controllers write`,
      fix: 'use delivery: direct, or annotate the pod template',
    }));
}

/** Rules about overrides that KubeFed cannot maintain. */
export const overrideRules = { overrideKeepsAnnotations };
