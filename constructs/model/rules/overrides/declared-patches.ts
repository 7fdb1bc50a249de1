import type { Patch } from '../../../domain/json/patch.ts';
import type { Path } from '../../../domain/json/path.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import { entryPatchesOf } from '../../manifests/entry-patches.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from './overrides.ts';

/** One patch of an override, with its place and those before it. */
export interface DeclaredPatch {
  readonly patch: Draft<Patch>;
  readonly earlier: readonly Draft<Patch>[];
  readonly resource: string | undefined;
  /** Where it is asked for: a patch, or a field of the override. */
  readonly path: Path;
  /** Whether the user wrote it as a patch. */
  readonly isOwn: boolean;
}

/** Every patch of every override, of which anything is left, those of fields included. */
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

/** Where a part of a patch stands: the user's own has its parts, one of a field is where the field is. */
export function placeIn({ path, isOwn }: Pick<DeclaredPatch, 'path' | 'isOwn'>, part: 'path' | 'value'): Path {
  return isOwn ? [...path, part] : path;
}
