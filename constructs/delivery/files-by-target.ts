import { groupBy } from '../domain/group-by.ts';
import type { Federation } from '../model/federation.ts';
import { targetsOf } from '../plan/targets.ts';
import type { TargetFile } from './output-file.ts';

/** The files of each target by its name, in the order of the targets. A target without files has an empty list. */
export function filesByTarget(
  federation: Federation,
  files: readonly TargetFile[],
): ReadonlyMap<string, readonly TargetFile[]> {
  const byTarget = groupBy(files, ({ target }) => target);
  return new Map(targetsOf(federation).map(({ name }) => [name, byTarget.get(name) ?? []]));
}
