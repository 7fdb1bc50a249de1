import { moduleFile, program } from '../build/go.ts';
import { ISTIO } from '../tables/modules.ts';

/** Istio's charts by the names they have in its repository, and where its source has them. */
const CHARTS: Readonly<Record<string, string>> = {
  base: 'manifests/charts/base',
  istiod: 'manifests/charts/istio-control/istio-discovery',
};

/**
 * A chart of Istio, from its source in place of its repository. That is the same chart but for the versions and the
 * images that a release writes into it, so the version must be the source's.
 */
export function istioChart(name: string, version: string): string {
  const path = CHARTS[name];
  if (path === undefined) throw new Error(`no chart ${name}; there are ${Object.keys(CHARTS).join(', ')}`);
  if (version !== ISTIO) throw new Error(`chart ${name} is to be had of ${ISTIO}, not of ${version}`);
  return moduleFile('istio', path);
}

/** The words of a helm command. */
export function helmCommand(words: readonly string[]): string[] {
  return [program('helm', 'helm'), ...words];
}
