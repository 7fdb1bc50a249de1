import { type DeclaredControlPlane, declaredControlPlanes, isPrimary } from '../control-planes.ts';
import type { Finding } from '../finding.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { engineOf, istioReleaseOf, type Subject } from '../subject.ts';

const planesOf = ({ declaration }: Subject): readonly DeclaredControlPlane[] => declaredControlPlanes(declaration);

const pathOf = ({ index }: DeclaredControlPlane, ...more: string[]) => ['clusters', index, 'controlPlane', ...more];

const isDeclared = (subject: Subject, { index }: DeclaredControlPlane): boolean =>
  subject.declaration.clusters?.[index]?.controlPlane !== undefined;

function remoteIsOfAPrimary(subject: Subject): readonly Finding[] {
  const planes = planesOf(subject);
  const primaries = planes.filter(isPrimary).map(({ cluster }) => cluster);
  // With a cluster whose control plane is misshapen, nobody can tell who is a primary.
  if (planes.length !== (subject.declaration.clusters?.length ?? 0)) return [];
  return planes
    .filter(({ primary }) => !primaries.includes(primary))
    .map((plane) => ({
      path: isDeclared(subject, plane) ? pathOf(plane, 'remoteOf') : ['clusters', plane.index],
      got: plane.primary,
      expected:
        primaries.length === 0
          ? 'a cluster with a control plane of its own, and there is none'
          : `a cluster with a control plane of its own: ${primaries.map((name) => `"${name}"`).join(', ')}`,
      fix: didYouMean(plane.primary, primaries, 'name one of them, or make that cluster a primary'),
    }));
}

function injectorIsOfThisIstio(subject: Subject): readonly Finding[] {
  const release = istioReleaseOf(subject);
  if (release === null) return [];
  return planesOf(subject)
    .filter((plane) => !isPrimary(plane) && !release.injectors.includes(plane.injector))
    .map((plane) => ({
      path: pathOf(plane, 'injector'),
      got: plane.injector,
      expected: `"${release.injectors.join('" or "')}" with Istio ${subject.declaration.istio?.version}`,
      fix: release.injectors.includes('local') ? 'leave it out' : 'leave it out, or use Istio 1.27 or newer',
    }));
}

// Several primaries under one declaration need what `multi-primary` needs.
function primaryIsTheOnlyOne(subject: Subject): readonly Finding[] {
  const release = istioReleaseOf(subject);
  if (release === null || release.topologies.includes('multi-primary')) return [];
  return planesOf(subject)
    .filter(isPrimary)
    .slice(1)
    .filter((plane) => isDeclared(subject, plane))
    .map((plane) => ({
      path: pathOf(plane),
      got: 'primary',
      expected: `one primary with Istio ${subject.declaration.istio?.version}`,
      fix: 'make it a remote, or use Istio 1.24 or newer',
    }));
}

function cacertsFitTheTopology(subject: Subject): readonly Finding[] {
  const { trust } = subject.declaration;
  const isAnnotated = planesOf(subject).some((plane) => !isPrimary(plane) && plane.injector === 'primary');
  if (trust?.cacerts !== 'federated-secret' || istioReleaseOf(subject)?.dialect.name !== 'current' || !isAnnotated)
    return [];
  return [
    {
      path: ['trust', 'cacerts'],
      got: 'federated-secret',
      expected:
        'istio-system made by each cluster itself: KubeFed would drop the annotation that names the primary of a remote',
      fix: 'use cacerts: existing, or topology: multi-primary',
    },
  ];
}

function remoteIsOfAnotherCluster(subject: Subject): readonly Finding[] {
  return planesOf(subject)
    .filter((plane) => isPrimary(plane) && isDeclared(subject, plane))
    .filter(({ index }) => subject.declaration.clusters?.[index]?.controlPlane !== 'primary')
    .map((plane) => ({
      path: pathOf(plane, 'remoteOf'),
      got: plane.primary,
      expected: 'another cluster: none is its own remote',
      fix: 'write controlPlane: primary, or name its primary',
    }));
}

function cacertsHaveAnEngine(subject: Subject): readonly Finding[] {
  const engine = engineOf(subject);
  if (subject.declaration.trust?.cacerts !== 'federated-secret' || engine === undefined || engine.carriesTrust)
    return [];
  return [
    {
      path: ['trust', 'cacerts'],
      got: 'federated-secret',
      expected: 'existing: only KubeFed carries the Secret',
      fix: 'use cacerts: existing, or engine: kubefed',
    },
  ];
}

/** Rules about who configures whom. */
export const controlPlaneRules = {
  remoteIsOfAPrimary,
  remoteIsOfAnotherCluster,
  injectorIsOfThisIstio,
  primaryIsTheOnlyOne,
  cacertsFitTheTopology,
  cacertsHaveAnEngine,
};
