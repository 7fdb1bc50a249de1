import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Finding } from '../../problems/finding.ts';
import type { Evidence } from '../evidence.ts';
import { isByKubeFed, patchesOf } from './declared-patches.ts';
import { overridesOf, targetOf } from './overrides.ts';

function overrideFieldFitsItsManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) =>
    entryPatchesOf(override.entry, targetOf(evidence, override)?.object).faults.map(({ key, got, expected }) => ({
      path: [...override.path, ...key],
      got,
      expected,
      fix: 'correct it, or remove it',
      isKey: true,
    })),
  );
}

function overrideChangesSomething(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence)
    .filter(({ entry }) => Object.keys(entry).every((key) => key === 'resource'))
    .map(({ path, entry }) => ({
      path,
      got: entry.resource,
      expected: 'something that differs: replicas, images, labels, annotations, env, args, resources or patches',
      fix: 'add it, or remove the entry',
    }));
}

// The kinds whose annotations nobody else writes. Of any other one KubeFed would set them back every ten seconds, and
// the controllers theirs again (seen on v0.10.0).
const quietKinds = ['ClusterRole', 'ConfigMap', 'ServiceAccount'];

function overrideKeepsAnnotations(evidence: Evidence): readonly Finding[] {
  if (!isByKubeFed(evidence)) return [];
  return patchesOf(evidence)
    .filter(({ patch }) => /^\/metadata\/annotations(\/|$)/.test(patch.path ?? ''))
    .filter(({ resource }) => resource !== undefined && !quietKinds.includes(resource.split('/')[0] ?? ''))
    .map(({ patch, path, isOwn }) => ({
      path: isOwn ? [...path, 'path'] : path,
      got: patch.path,
      expected: `annotations only of ${quietKinds.join(', ')}: KubeFed would wipe those that controllers write, again and again`,
      fix: 'use delivery: direct, or annotate the pod template',
    }));
}

/** Rules about what overrides say by meaning instead of by place. */
export const overrideFieldRules = { overrideFieldFitsItsManifest, overrideChangesSomething, overrideKeepsAnnotations };
