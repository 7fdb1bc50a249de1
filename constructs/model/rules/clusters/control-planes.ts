import type { Finding } from '../../problems/finding.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import {
  type DeclaredControlPlane,
  declaredControlPlanes,
  isPrimary,
} from '../../resolution/declared-control-planes.ts';
import { type Evidence, istioReleaseOf } from '../evidence.ts';

const planesOf = ({ declaration }: Evidence): readonly DeclaredControlPlane[] => declaredControlPlanes(declaration);

const pathOf = ({ index }: DeclaredControlPlane, ...more: string[]) => ['clusters', index, 'controlPlane', ...more];

const isDeclared = (evidence: Evidence, { index }: DeclaredControlPlane): boolean =>
  evidence.declaration.clusters?.[index]?.controlPlane !== undefined;

function remoteIsOfAPrimary(evidence: Evidence): readonly Finding[] {
  const planes = planesOf(evidence);
  const primaries = planes.filter(isPrimary).map(({ cluster }) => cluster);
  // If the control plane of a cluster is misshapen, the set of primaries is unknown.
  if (planes.length !== (evidence.declaration.clusters?.length ?? 0)) return [];
  return planes
    .filter(({ primary }) => !primaries.includes(primary))
    .map((plane) => ({
      path: isDeclared(evidence, plane) ? pathOf(plane, 'remoteOf') : ['clusters', plane.index],
      got: plane.primary,
      expected:
        primaries.length === 0
          ? 'a cluster with a control plane of its own, but no cluster has one'
          : `a cluster with a control plane of its own: ${primaries.map((name) => `"${name}"`).join(', ')}`,
      fix: didYouMean(plane.primary, primaries, 'name one of them, or make that cluster a primary'),
    }));
}

function injectorIsOfThisIstio(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  if (release === null) return [];
  return planesOf(evidence)
    .filter((plane) => !isPrimary(plane) && !release.injectors.includes(plane.injector))
    .map((plane) => ({
      path: pathOf(plane, 'injector'),
      got: plane.injector,
      expected: `"${release.injectors.join('" or "')}" with Istio ${evidence.declaration.istio?.version}`,
      fix: release.injectors.includes('local') ? 'leave it out' : 'leave it out, or use Istio 1.27 or newer',
    }));
}

// Several primaries in one declaration have the same requirements as `multi-primary`.
function primaryIsTheOnlyOne(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  if (release === null || release.topologies.includes('multi-primary')) return [];
  return planesOf(evidence)
    .filter(isPrimary)
    .slice(1)
    .filter((plane) => isDeclared(evidence, plane))
    .map((plane) => ({
      path: pathOf(plane),
      got: 'primary',
      expected: `one primary with Istio ${evidence.declaration.istio?.version}`,
      fix: 'make it a remote, or use Istio 1.24 or newer',
    }));
}

function remoteIsOfAnotherCluster(evidence: Evidence): readonly Finding[] {
  return planesOf(evidence)
    .filter((plane) => isPrimary(plane) && isDeclared(evidence, plane))
    .filter(({ index }) => evidence.declaration.clusters?.[index]?.controlPlane !== 'primary')
    .map((plane) => ({
      path: pathOf(plane, 'remoteOf'),
      got: plane.primary,
      expected: 'another cluster: a cluster cannot be its own remote',
      fix: 'write controlPlane: primary, or name its primary',
    }));
}

/** Rules about control planes and their remotes. */
export const controlPlaneRules = {
  remoteIsOfAPrimary,
  remoteIsOfAnotherCluster,
  injectorIsOfThisIstio,
  primaryIsTheOnlyOne,
};
