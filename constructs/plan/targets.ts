import type { Federation, Target } from '../model/federation.ts';

/** Everything that files are applied to: the clusters as declared, then the API server of the engine's own, if any. */
export function targetsOf({ clusters, engine: { api } }: Federation): readonly Target[] {
  return api === null ? clusters : [...clusters, api];
}

/** Path in the declaration that a directory of the output is there for. */
export function causeOfDirectory({ engine: { api } }: Federation, name: string): string {
  return name === api?.name ? 'federation' : `clusters.${name}`;
}
