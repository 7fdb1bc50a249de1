import { applyOverrides, type ClusterOverride, refusePath } from '../../domain/kubefed-overrides.ts';
import { findKeyMaterial } from '../../domain/kubernetes/key-material.ts';
import type { Finding } from '../finding.ts';
import { entryPatchesOf } from '../override-patches.ts';
import { Described } from '../problems/printable.ts';
import type { Draft } from '../shape.ts';
import type { Manifest, Subject } from '../subject.ts';
import { isReadDifferently, placesIn, unambiguous, unsafeKeys } from '../yaml-places.ts';
import type { Path } from '../yaml-source.ts';
import { type Override, overridesOf, resourceOf, targetOf } from './overrides.ts';
import { isByKubeFed, type Patch, patchesOf } from './patches.ts';

/** Findings for every patch that the user wrote and that `judge` objects to. */
function forPatches(
  subject: Subject,
  judge: (patch: Patch) => (Omit<Finding, 'path'> & { readonly key: string }) | null,
): readonly Finding[] {
  return patchesOf(subject)
    .filter(({ isOwn }) => isOwn)
    .flatMap((patch) => {
      const fault = judge(patch);
      return fault === null ? [] : [{ ...fault, path: [...patch.path, fault.key] }];
    });
}

const overridePathIsAllowed = (subject: Subject): readonly Finding[] =>
  forPatches(subject, ({ patch: { path } }) => {
    const refusal = path === undefined ? null : refusePath(path);
    return refusal === null ? null : { key: 'path', got: path, ...refusal };
  });

const overridePathIsUnique = (subject: Subject): readonly Finding[] =>
  forPatches(subject, ({ patch: { path }, earlier }) =>
    path !== undefined && earlier.some((other) => other.path === path)
      ? {
          key: 'path',
          got: path,
          expected: 'each path once: KubeFed refuses the whole object in every cluster otherwise, also with another op',
          fix: 'join the two patches',
        }
      : null,
  );

// The CRD of KubeFed 0.4.1 takes no number with a fraction and no null; JSON loses digits beyond 2^53.
function isCarried(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isCarried);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every(([key, child]) => !unsafeKeys.has(key) && isCarried(child));
  return typeof value === 'number' ? Number.isSafeInteger(value) : value !== null && value !== undefined;
}

function judgeValue(
  patch: Draft<ClusterOverride>,
  isCarriedByKubeFed: boolean,
): Pick<Finding, 'got' | 'expected' | 'fix'> | null {
  const hasValue = 'value' in patch && patch.value !== undefined;
  if ('op' in patch && patch.op === 'remove')
    return hasValue ? { got: patch.value, expected: 'no value with op: remove', fix: 'remove it' } : null;
  if (hasValue && (!isCarriedByKubeFed || isCarried(patch.value))) return null;
  const expected = 'text, a whole number, true, false, a list or a mapping, without null inside (KubeFed 0.4.1)';
  if (!hasValue) return { got: undefined, expected, fix: 'add the value: without it null would be written' };
  return {
    got: patch.value,
    expected,
    fix: 'use op: remove to take a field away; quote a number that is meant as text',
  };
}

const overrideValueFitsItsOperation = (subject: Subject): readonly Finding[] =>
  forPatches(subject, ({ patch }) => {
    const fault = 'op' in patch && patch.op === undefined ? null : judgeValue(patch, isByKubeFed(subject));
    return fault === null ? null : { key: 'value', ...fault };
  });

const overrideValueIsUnambiguous = (subject: Subject): readonly Finding[] =>
  overridesOf(subject)
    .flatMap(({ path, entry }) => [
      ...Object.keys(entry)
        .filter((key) => key !== 'resource' && key !== 'patches')
        .map((key) => [...path, key]),
      ...(entry.patches ?? []).map((_, position) => [...path, 'patches', position, 'value']),
    ])
    .flatMap((path) =>
      placesIn(subject.document.nodes.getIn(path, true)).flatMap(({ scalar }) =>
        scalar !== null && isReadDifferently(scalar)
          ? [{ path, at: subject.document.locateNode(scalar), got: scalar.source, ...unambiguous }]
          : [],
      ),
    );

function overrideHoldsNoKeyMaterial(subject: Subject): readonly Finding[] {
  return patchesOf(subject).flatMap(({ patch, path, isOwn }) => {
    const secret = findKeyMaterial(JSON.stringify('value' in patch ? (patch.value ?? null) : null));
    if (secret === null) return [];
    // The value itself must not reach a log.
    const got = new Described(secret);
    const expected = 'no secret: the output is committed and reviewed';
    return [{ path: isOwn ? [...path, 'value'] : path, got, expected, fix: 'refer to a Secret by name' }];
  });
}

function isSound(patch: Draft<ClusterOverride>, isCarriedByKubeFed: boolean): patch is ClusterOverride {
  return patch.path !== undefined && refusePath(patch.path) === null && judgeValue(patch, isCarriedByKubeFed) === null;
}

/** A patch that applies by itself, and the key of the override that asks for it. */
export interface SoundPatch {
  readonly key: Path;
  readonly patch: ClusterOverride;
  readonly isOwn: boolean;
}

/** All patches of an override, or none where another rule refuses one: it may be the parent of a later one. */
export function soundPatchesOf(subject: Subject, { entry }: Override, target: Manifest): readonly SoundPatch[] {
  const isCarried = isByKubeFed(subject);
  const { ofFields, own } = entryPatchesOf(entry, target.object);
  const sound = own.flatMap(({ key, patch }) => (isSound(patch, isCarried) ? [{ key, patch, isOwn: true }] : []));
  if (sound.length < (entry.patches ?? []).length) return [];
  return [...ofFields.map((patch) => ({ ...patch, isOwn: false })), ...sound];
}

function overrideFitsItsManifest(subject: Subject): readonly Finding[] {
  return overridesOf(subject).flatMap((override) => {
    const target = targetOf(subject, override);
    if (target === undefined) return [];
    const patches = soundPatchesOf(subject, override, target);
    const result = applyOverrides(
      target.object,
      patches.map(({ patch }) => patch),
    );
    const refused = result.kind === 'failed' ? patches[result.index] : undefined;
    if (refused === undefined) return [];
    return [
      {
        path: [...override.path, ...refused.key, 'path'],
        got: refused.patch.path,
        expected: `a place in ${resourceOf(target)} whose parent exists: KubeFed would leave this cluster as it was`,
        fix: 'correct the path, or add the parent in a patch before it',
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
  overrideHoldsNoKeyMaterial,
  overrideFitsItsManifest,
};
