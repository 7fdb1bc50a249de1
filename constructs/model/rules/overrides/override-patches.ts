import type { Patch } from '../../../domain/json/patch.ts';
import type { Path } from '../../../domain/json/path.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';
import { refusePath } from '../../../domain/overrides/path-refusal.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import { isReadDifferently, unambiguous } from '../../documents/yaml-places.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, wordsOf } from '../evidence.ts';
import { type DeclaredPatch, patchesOf, placeIn } from './declared-patches.ts';
import { type Override, overridesOf, resourceOf, targetOf } from './overrides.ts';

/** Findings for every patch of the user to which `judge` objects. */
function forPatches(
  evidence: Evidence,
  judge: (patch: DeclaredPatch) => (Omit<Finding, 'path'> & { readonly part: 'path' | 'value' }) | null,
): readonly Finding[] {
  return patchesOf(evidence)
    .filter(({ isOwn }) => isOwn)
    .flatMap((patch) => {
      const finding = judge(patch);
      return finding === null ? [] : [{ ...finding, path: placeIn(patch, finding.part) }];
    });
}

const overridePathIsAllowed = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch: { path } }) => {
    const refusal = path === undefined ? null : refusePath(path, wordsOf(evidence).negativeIndex);
    return refusal === null ? null : { part: 'path', got: path, ...refusal };
  });

const overridePathIsUnique = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch: { path }, isRepeated }) =>
    isRepeated
      ? {
          part: 'path',
          got: path,
          expected: `each path once: ${wordsOf(evidence).repeatedPath}`,
          fix: 'merge the two patches',
        }
      : null,
  );

function judgeValue(evidence: Evidence, patch: Draft<Patch>): Pick<Finding, 'got' | 'expected' | 'fix'> | null {
  const { engine } = evidence;
  const hasValue = 'value' in patch && patch.value !== undefined;
  if ('op' in patch && patch.op === 'remove')
    return hasValue ? { got: patch.value, expected: 'no value with op: remove', fix: 'remove it' } : null;
  if (hasValue && (engine === null || engine.carriesValue(patch.value))) return null;
  const expected = wordsOf(evidence).value;
  if (!hasValue) return { got: undefined, expected, fix: 'add the value: without one, null would be written' };
  return {
    got: patch.value,
    expected,
    fix: 'use op: remove to remove a field; quote a number that is meant as a string',
  };
}

const overrideValueFitsItsOperation = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch }) => {
    const finding = 'op' in patch && patch.op === undefined ? null : judgeValue(evidence, patch);
    return finding === null ? null : { part: 'value', ...finding };
  });

// All fields but these hold texts. A rule about their shape reports numbers.
function isMisshapen(path: Path, value: unknown): boolean {
  const [field] = path.slice(5);
  return typeof value !== 'string' && field !== 'replicas' && field !== 'patches';
}

const overrideValueIsUnambiguous = (evidence: Evidence): readonly Finding[] =>
  overridesOf(evidence)
    .flatMap(({ path, entry }) => [
      ...Object.keys(entry)
        .filter((key) => key !== 'resource' && key !== 'patches')
        .map((key) => [...path, key]),
      ...(entry.patches ?? []).map((_, position) => [...path, 'patches', position, 'value']),
    ])
    .flatMap((path) =>
      evidence.document
        .placesAt(path)
        .flatMap(({ scalar }) =>
          scalar !== null && isReadDifferently(scalar) && !isMisshapen(path, scalar.value)
            ? [{ path, at: evidence.document.locateNode(scalar), got: scalar.source, ...unambiguous }]
            : [],
        ),
    );

function isSound(evidence: Evidence, patch: Draft<Patch>): patch is Patch {
  const { path } = patch;
  return path !== undefined && refusePath(path, '') === null && judgeValue(evidence, patch) === null;
}

/** A valid patch, and the key of the override that requests it. */
export interface SoundPatch {
  readonly key: Path;
  readonly patch: Patch;
  readonly isOwn: boolean;
}

/** All patches of an override. Empty if another rule refuses one of them: it may be the parent of a later one. */
export function soundPatchesOf(evidence: Evidence, { entry }: Override, target: Manifest): readonly SoundPatch[] {
  const { ofFields, own } = entryPatchesOf(entry, target.object);
  const sound = own.flatMap(({ key, patch }) => (isSound(evidence, patch) ? [{ key, patch, isOwn: true }] : []));
  if (sound.length < (entry.patches ?? []).length) return [];
  return [...ofFields.map((patch) => ({ ...patch, isOwn: false })), ...sound];
}

function overrideFitsItsManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined) return [];
    const patches = soundPatchesOf(evidence, override, target);
    const result = applyOverride(
      target.object,
      patches.map(({ patch }) => patch),
    );
    const refused = result.kind === 'failed' ? patches[result.index] : undefined;
    if (refused === undefined) return [];
    return [
      {
        path: [...override.path, ...refused.key, 'path'],
        got: refused.patch.path,
        expected: `a path in ${resourceOf(target)} whose parent exists: ${wordsOf(evidence).missingParent}`,
        fix: 'correct the path, or add the parent in an earlier patch',
      },
    ];
  });
}

/** Rules about the patches of overrides. */
export const overridePatchRules = {
  overridePathIsAllowed,
  overridePathIsUnique,
  overrideValueFitsItsOperation,
  overrideValueIsUnambiguous,
  overrideFitsItsManifest,
};
