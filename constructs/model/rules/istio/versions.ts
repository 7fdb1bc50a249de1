import { findIstioRelease, istioReleases, minorOf, recommendedIstioVersion } from '../../../domain/istio/releases.ts';
import { newestSailVersion, sailVersions } from '../../../domain/istio/sail-versions.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, istioReleaseOf } from '../evidence.ts';

function istioVersionIsSupported({ declaration }: Evidence): readonly Finding[] {
  const version = declaration.istio?.version;
  if (version === undefined || findIstioRelease(version) !== null) return [];
  const ranges = Object.entries(istioReleases).map(([minor, { newestPatch, endOfLife }]) =>
    endOfLife === null ? `${minor}.0 and newer patches` : `${minor}.0 to ${minor}.${newestPatch}`,
  );
  return [
    {
      path: ['istio', 'version'],
      got: version,
      expected: `a supported version: ${ranges.join(', ')}`,
      fix: `use ${recommendedIstioVersion}; the tutorial uses 1.7.2. From 1.8 to 1.23 the gateways changed with every release, and upstream supports none of these releases`,
    },
  ];
}

/** The choices that differ between releases, and the list of each in a release. */
const lists = { installer: 'installers', topology: 'topologies' } as const;

function choiceIsOfThisIstio(evidence: Evidence, key: keyof typeof lists): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  const choice = evidence.declaration.istio?.[key];
  if (release === null || choice === undefined) return [];
  const possible: readonly string[] = release[lists[key]];
  if (possible.includes(choice)) return [];
  return [
    {
      path: ['istio', key],
      got: choice,
      expected: `${possible.map((word) => `"${word}"`).join(' or ')} with Istio ${evidence.declaration.istio?.version}`,
      fix:
        choice === 'sail'
          ? `leave ${key} out, or use ${newestSailVersion('')}`
          : `leave ${key} out, or use a newer Istio`,
    },
  ];
}

const installerIsOfThisIstio = (evidence: Evidence): readonly Finding[] => choiceIsOfThisIstio(evidence, 'installer');

const topologyIsOfThisIstio = (evidence: Evidence): readonly Finding[] => choiceIsOfThisIstio(evidence, 'topology');

function sailKnowsTheVersion(evidence: Evidence): readonly Finding[] {
  const { installer, version } = evidence.declaration.istio ?? {};
  const release = istioReleaseOf(evidence);
  if (installer !== 'sail' || version === undefined || release === null) return [];
  if (!release.installers.includes('sail') || sailVersions.includes(version)) return [];
  const newest = newestSailVersion(minorOf(version));
  return [
    {
      path: ['istio', 'version'],
      got: version,
      expected: `a version that the Sail operator knows; the newest one is ${newest}`,
      fix: `use ${newest}, or another installer`,
    },
  ];
}

/** Rules about versions of Istio and their features. */
export const versionRules = {
  istioVersionIsSupported,
  installerIsOfThisIstio,
  topologyIsOfThisIstio,
  sailKnowsTheVersion,
};
