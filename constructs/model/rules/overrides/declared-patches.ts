import type { Patch } from '../../../domain/json/patch.ts';
import type { Path } from '../../../domain/json/path.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

/** One patch of an override, with its path and the patches before it. */
export interface DeclaredPatch {
  readonly patch: Draft<Patch>;
  /** Whether an earlier patch of the override has the same path. */
  readonly isRepeated: boolean;
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
    // From the last to the first, so that the first one remains.
    const firsts = new Map(all.map((one, position) => [one.patch.path, position] as const).reverse());
    return all.map(({ key, patch }, position) => ({
      patch,
      isRepeated: patch.path !== undefined && firsts.get(patch.path) !== position,
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
