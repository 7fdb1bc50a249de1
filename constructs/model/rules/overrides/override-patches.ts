import { applyOverrides, type ClusterOverride, refusePath } from '../../../domain/kubefed-overrides.ts';
import { findKeyMaterial } from '../../../domain/kubernetes/key-material.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import { isReadDifferently, placesIn, unambiguous, unsafeKeys } from '../../documents/yaml-places.ts';
import type { Path } from '../../documents/yaml-source.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import type { Evidence } from '../evidence.ts';
import { isByKubeFed, type Patch, patchesOf } from './declared-patches.ts';
import { type Override, overridesOf, resourceOf, targetOf } from './overrides.ts';

/** Findings for every patch that the user wrote and that `judge` objects to. */
function forPatches(
  evidence: Evidence,
  judge: (patch: Patch) => (Omit<Finding, 'path'> & { readonly key: string }) | null,
): readonly Finding[] {
  return patchesOf(evidence)
    .filter(({ isOwn }) => isOwn)
    .flatMap((patch) => {
      const fault = judge(patch);
      return fault === null ? [] : [{ ...fault, path: [...patch.path, fault.key] }];
    });
}

const overridePathIsAllowed = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch: { path } }) => {
    const refusal = path === undefined ? null : refusePath(path);
    return refusal === null ? null : { key: 'path', got: path, ...refusal };
  });

const overridePathIsUnique = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch: { path }, earlier }) =>
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

const overrideValueFitsItsOperation = (evidence: Evidence): readonly Finding[] =>
  forPatches(evidence, ({ patch }) => {
    const fault = 'op' in patch && patch.op === undefined ? null : judgeValue(patch, isByKubeFed(evidence));
    return fault === null ? null : { key: 'value', ...fault };
  });

const overrideValueIsUnambiguous = (evidence: Evidence): readonly Finding[] =>
  overridesOf(evidence)
    .flatMap(({ path, entry }) => [
      ...Object.keys(entry)
        .filter((key) => key !== 'resource' && key !== 'patches')
        .map((key) => [...path, key]),
      ...(entry.patches ?? []).map((_, position) => [...path, 'patches', position, 'value']),
    ])
    .flatMap((path) =>
      placesIn(evidence.document.nodes.getIn(path, true)).flatMap(({ scalar }) =>
        scalar !== null && isReadDifferently(scalar)
          ? [{ path, at: evidence.document.locateNode(scalar), got: scalar.source, ...unambiguous }]
          : [],
      ),
    );

function overrideHoldsNoKeyMaterial(evidence: Evidence): readonly Finding[] {
  return patchesOf(evidence).flatMap(({ patch, path, isOwn }) => {
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
export function soundPatchesOf(evidence: Evidence, { entry }: Override, target: Manifest): readonly SoundPatch[] {
  const isCarried = isByKubeFed(evidence);
  const { ofFields, own } = entryPatchesOf(entry, target.object);
  const sound = own.flatMap(({ key, patch }) => (isSound(patch, isCarried) ? [{ key, patch, isOwn: true }] : []));
  if (sound.length < (entry.patches ?? []).length) return [];
  return [...ofFields.map((patch) => ({ ...patch, isOwn: false })), ...sound];
}

function overrideFitsItsManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined) return [];
    const patches = soundPatchesOf(evidence, override, target);
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
