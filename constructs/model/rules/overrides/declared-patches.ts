import type { Patch } from '../../../domain/json/patch.ts';
import type { Path } from '../../../domain/json/path.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

/** One patch of an override, with its path and the patches before it. */
export interface DeclaredPatch {
  readonly patch: Draft<Patch>;
  readonly earlier: readonly Draft<Patch>[];
  readonly resource: string | undefined;
  /** Path of the patch, or of the field of the override that requests it. */
  readonly path: Path;
  /** Whether the user wrote it as a patch, and not as a field. */
  readonly isOwn: boolean;
}

/** Every patch of every override with a usable part, including the patches of fields. */
export function patchesOf(evidence: Evidence): readonly DeclaredPatch[] {
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

/** Path of a part of a patch. A patch of the user has its own parts; for a field it is the path of the field. */
export function placeIn({ path, isOwn }: Pick<DeclaredPatch, 'path' | 'isOwn'>, part: 'path' | 'value'): Path {
  return isOwn ? [...path, part] : path;
}
