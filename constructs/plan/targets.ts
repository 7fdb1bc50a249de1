import type { Federation, Target } from '../model/federation.ts';

/** Every target of files: the clusters as declared, then the engine's own API server, if any. */
export function targetsOf({ clusters, engine: { api } }: Federation): readonly Target[] {
  return api === null ? clusters : [...clusters, api];
}

/** Path in the declaration that causes a directory of the output. */
export function causeOfDirectory({ engine: { api } }: Federation, name: string): string {
  return name === api?.name ? 'federation' : `clusters.${name}`;
}
