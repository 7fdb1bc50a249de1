import type { Finding } from '../../../model/problems/finding.ts';
import type { Evidence } from '../../../model/rules/evidence.ts';
import { patchesOf, placeIn } from '../../../model/rules/overrides/declared-patches.ts';

// The kinds whose annotations nobody else writes. Of any other one KubeFed would set them back every ten seconds, and
// the controllers theirs again (seen on v0.10.0).
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

/** Rules about overrides that KubeFed could not keep. */
export const overrideRules = { overrideKeepsAnnotations };
