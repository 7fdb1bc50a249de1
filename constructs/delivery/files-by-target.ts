import type { Federation } from '../model/federation.ts';
import { targetsOf } from '../plan/targets.ts';
import type { ClusterFile } from './output-file.ts';

/** The files of each target by its name, in the order of the targets; none where a target has no file. */
export function filesByTarget(
  federation: Federation,
  files: readonly ClusterFile[],
): ReadonlyMap<string, readonly ClusterFile[]> {
  const byTarget = new Map<string, ClusterFile[]>(targetsOf(federation).map(({ name }) => [name, []]));
  for (const file of files) byTarget.get(file.cluster)?.push(file);
  return byTarget;
}
