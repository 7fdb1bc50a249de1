import { containerNamesOf } from '../../../domain/overrides/field-wishes.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Finding } from '../../problems/finding.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

function overrideFieldFitsItsManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const object = targetOf(evidence, override)?.object;
    const containers = object === undefined ? [] : containerNamesOf(object);
    return entryPatchesOf(override.entry, object).misfits.map(({ key, got, expected }) => ({
      path: [...override.path, ...key],
      got,
      expected,
      fix: didYouMean(got, key.length > 1 ? containers : [], 'correct it, or remove it'),
      isKey: true,
    }));
  });
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
