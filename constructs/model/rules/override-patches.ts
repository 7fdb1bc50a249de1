import { findKeyMaterial } from '../../domain/key-material.ts';
import { applyOverrides, type ClusterOverride, refusePath } from '../../domain/kubefed-overrides.ts';
import { Described } from '../../domain/printable.ts';
import type { Finding } from '../finding.ts';
import { entryPatchesOf } from '../override-patches.ts';
import type { Draft } from '../shape.ts';
import { engineOf, type Manifest, type Subject } from '../subject.ts';
import { isReadDifferently, placesIn, unambiguous, unsafeKeys } from '../yaml-places.ts';
import type { Path } from '../yaml-source.ts';
import { type Override, overridesOf, resourceOf, targetOf } from './overrides.ts';

/** One patch of an override, with its place and those before it. */
export interface Patch {
  readonly patch: Draft<ClusterOverride>;
  readonly earlier: readonly Draft<ClusterOverride>[];
  readonly resource: string | undefined;
  /** Where it is asked for: a patch, or a field of the override. */
  readonly path: Path;
  /** Whether the user wrote it as a patch. */
  readonly isOwn: boolean;
}

/** Every patch of every override, of which anything is left, those of fields included. */
export function patchesOf(subject: Subject): readonly Patch[] {
  return overridesOf(subject).flatMap((override) => {
    const { entry, path } = override;
    const { ofFields, own } = entryPatchesOf(entry, targetOf(subject, override)?.object);
    const all = [...ofFields, ...own];
    return all.map(({ key, patch }, position) => ({
      patch,
      earlier: all.slice(0, position).map((other) => other.patch),
      resource: entry.resource,
      path: [...path, ...key],
      isOwn: position >= ofFields.length,
    }));
  });
}

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
const isByKubeFed = (subject: Subject): boolean => engineOf(subject)?.name !== 'plain';

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

/** Rules about what an override changes. */
export const overridePatchRules = {
  overridePathIsAllowed,
  overridePathIsUnique,
  overrideValueFitsItsOperation,
  overrideValueIsUnambiguous,
  overrideHoldsNoKeyMaterial,
  overrideFitsItsManifest,
  overrideFieldFitsItsManifest,
  overrideChangesSomething,
  overrideKeepsAnnotations,
};
