import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Finding } from '../../problems/finding.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

function overrideFieldFitsItsManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) =>
    entryPatchesOf(override.entry, targetOf(evidence, override)?.object).misfits.map(({ key, got, expected }) => ({
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
      expected: 'at least one difference: replicas, images, labels, annotations, env, args, resources or patches',
      fix: 'add one, or remove the entry',
    }));
}

/** Rules about fields of overrides, which express a meaning instead of a path. */
export const overrideFieldRules = { overrideFieldFitsItsManifest, overrideChangesSomething };
