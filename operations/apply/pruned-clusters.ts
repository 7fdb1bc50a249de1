import type { Run } from '../run/run.ts';
import type { ApplyOptions } from './options.ts';

/**
 * Whether what an earlier output has applied, and this one no longer has, is deleted in a cluster. A leaving cluster is
 * always pruned, except with --only: the clusters left out may still send calls to it. A run that ends before the last wave
 * prunes nothing, since later waves may still bring what takes its place.
 */
export function isPrunedIn(
  run: Run,
  { prunes, only, to }: Pick<ApplyOptions, 'prunes' | 'only' | 'to'>,
): (cluster: string) => boolean {
  return (name) => {
    if (to !== null) return false;
    const isLeaving = run.clusters.get(name)?.isLeaving === true;
    if (prunes) return only.length === 0 || only.includes(name);
    return isLeaving && only.length === 0;
  };
}
