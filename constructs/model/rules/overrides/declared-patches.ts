import type { ClusterOverride } from '../../../domain/kubefed-overrides.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import type { Path } from '../../documents/yaml-source.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import { type Evidence, engineOf } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

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
export function patchesOf(evidence: Evidence): readonly Patch[] {
  return overridesOf(evidence).flatMap((override) => {
    const { entry, path } = override;
    const { ofFields, own } = entryPatchesOf(entry, targetOf(evidence, override)?.object);
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

/** Whether KubeFed applies the overrides, with what it cannot do. */
export const isByKubeFed = (evidence: Evidence): boolean => engineOf(evidence)?.name === 'kubefed';
