import type { Finding } from '../finding.ts';
import { entryPatchesOf } from '../override-patches.ts';
import type { Subject } from '../subject.ts';
import { overridesOf, targetOf } from './overrides.ts';
import { isByKubeFed, patchesOf } from './patches.ts';

function overrideFieldFitsItsManifest(subject: Subject): readonly Finding[] {
  return overridesOf(subject).flatMap((override) =>
    entryPatchesOf(override.entry, targetOf(subject, override)?.object).faults.map(({ key, got, expected }) => ({
      path: [...override.path, ...key],
      got,
      expected,
      fix: 'correct it, or remove it',
      isKey: true,
    })),
  );
}

function overrideChangesSomething(subject: Subject): readonly Finding[] {
  return overridesOf(subject)
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

function overrideKeepsAnnotations(subject: Subject): readonly Finding[] {
  if (!isByKubeFed(subject)) return [];
  return patchesOf(subject)
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
