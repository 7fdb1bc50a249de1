import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { UnitsOfWave } from '../../../plan/gitops/gitops-plan.ts';
import type { Unit } from '../../../plan/gitops/units.ts';

/** An installation of Flux, and what it applies. */
export interface Flux {
  /** Directory of its entry points, relative to the output. */
  readonly directory: string;
  /** Name of the cluster in which it runs. */
  readonly cluster: string;
  readonly waves: readonly UnitsOfWave[];
}

/**
 * The installations of Flux: one on the host for everything, or one in each cluster. An API server that is no cluster runs
 * no Flux, so the one of the host applies its units.
 */
export function fluxesOf({ federation, plan: { gitops, waves } }: GitopsContext): readonly Flux[] {
  const host = federation.clusters.find(({ isHost }) => isHost)?.name ?? '';
  if (gitops.layout === 'hub') return [{ directory: 'flux', cluster: host, waves }];
  const names = new Set(federation.clusters.map(({ name }) => name));
  const runsIn = ({ target: { name } }: Unit): string => (names.has(name) ? name : host);
  return federation.clusters.map(({ name }) => ({
    directory: `flux/${name}`,
    cluster: name,
    waves: waves
      .map((wave) => ({ ...wave, units: wave.units.filter((unit) => runsIn(unit) === name) }))
      .filter(({ units }) => units.length > 0),
  }));
}

/** How a Flux reaches the target of a unit: with a kubeconfig, unless it runs there. */
export function accessTo({ plan: { gitops } }: GitopsContext, { cluster }: Flux, { target: { name } }: Unit): object {
  return name === cluster ? {} : { kubeConfig: { secretRef: { name: `${name}${gitops.engine.accessSuffix}` } } };
}
