import { findIstioRelease, istioReleases, minorOf, recommendedIstioVersion } from '../../../domain/istio/releases.ts';
import { newestSailVersion, sailVersions } from '../../../domain/istio/sail-versions.ts';
import { kubefedReleases } from '../../../domain/kubefed-releases.ts';
import type { Finding } from '../../problems/finding.ts';
import { identityOf } from '../clusters/clusters.ts';
import { clustersOf, type Evidence, engineOf, istioReleaseOf } from '../evidence.ts';

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
      expected: `a version in ${ranges.join(', ')}`,
      fix: `use ${recommendedIstioVersion}; 1.7.2 is the one of the tutorial. From 1.8 to 1.23 the gateways changed release by release, and none of them has support`,
    },
  ];
}

function federationVersionIsSupported({ declaration }: Evidence): readonly Finding[] {
  const version = declaration.federation?.version;
  if (version === undefined || Object.hasOwn(kubefedReleases, version)) return [];
  return [
    {
      path: ['federation', 'version'],
      got: version,
      expected: `one of ${Object.keys(kubefedReleases)
        .map((known) => `"${known}"`)
        .join(', ')}`,
      fix: 'use 0.10.0, the last one; 0.4.1 is the one of the tutorial',
    },
  ];
}

function engineVersionFitsTheEngine(evidence: Evidence): readonly Finding[] {
  const engine = engineOf(evidence);
  const { federation = {} } = evidence.declaration;
  const hasVersion = 'version' in federation;
  if (engine === undefined || engine.hasVersions === hasVersion) return [];
  return [
    {
      path: engine.hasVersions ? ['federation'] : ['federation', 'version'],
      got: federation.version,
      expected: engine.hasVersions ? 'the version of KubeFed' : `no version with engine: ${engine.name}`,
      fix: engine.hasVersions ? 'add version: 0.10.0' : 'remove it',
    },
  ];
}

function engineContextFitsTheEngine(evidence: Evidence): readonly Finding[] {
  const engine = engineOf(evidence);
  const { federation = {} } = evidence.declaration;
  const hasContext = 'kubeContext' in federation;
  if (engine === undefined || engine.hasOwnApi === hasContext) return [];
  return [
    {
      path: engine.hasOwnApi ? ['federation'] : ['federation', 'kubeContext'],
      got: federation.kubeContext,
      expected: engine.hasOwnApi
        ? "kubeContext: the context of Karmada's own API server, which is none of the clusters"
        : `no kubeContext with engine: ${engine.name}: it has no API server of its own`,
      fix: engine.hasOwnApi ? 'add kubeContext: karmada-apiserver, or what yours is called' : 'remove it',
    },
  ];
}

function engineContextIsNoClusters(evidence: Evidence): readonly Finding[] {
  const kubeContext = evidence.declaration.federation?.kubeContext;
  const cluster = clustersOf(evidence).find(
    (draft) => kubeContext !== undefined && identityOf(draft, 'kubeContext') === kubeContext,
  );
  if (cluster === undefined) return [];
  return [
    {
      path: ['federation', 'kubeContext'],
      got: kubeContext,
      expected: `another context than that of ${cluster.cluster.name ?? 'a cluster'}: Karmada's API server runs no workloads`,
      fix: "name the context of Karmada's API server",
    },
  ];
}

function istioAndFederationShareAKubernetes(evidence: Evidence): readonly Finding[] {
  const { istio, federation } = evidence.declaration;
  const release = istioReleaseOf(evidence);
  const engine = kubefedReleases[federation?.version ?? ''];
  if (release === null || engine === undefined) return [];
  const [firstOfIstio, lastOfIstio] = release.kubernetesMinors;
  const [first, last] = engine.kubernetesMinors;
  if (first <= lastOfIstio && (last === null || last >= firstOfIstio)) return [];
  return [
    {
      path: ['federation', 'version'],
      got: federation?.version,
      expected: `a KubeFed that runs where Istio ${istio?.version} does, on Kubernetes 1.${firstOfIstio} to 1.${lastOfIstio}; this one needs 1.${first} to 1.${last}`,
      fix: 'use KubeFed 0.10.0 with Istio 1.24 or newer, 0.4.1 with Istio 1.7',
    },
  ];
}

type Choice = 'installer' | 'topology';

function choiceIsOfThisIstio(evidence: Evidence, key: Choice): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  const choice = evidence.declaration.istio?.[key];
  const possible: readonly string[] = release?.[`${key}s`.replace('ys', 'ies') as 'installers' | 'topologies'] ?? [];
  if (release === null || choice === undefined || possible.includes(choice)) return [];
  return [
    {
      path: ['istio', key],
      got: choice,
      expected: `${possible.map((word) => `"${word}"`).join(' or ')} with Istio ${evidence.declaration.istio?.version}`,
      fix: `leave ${key} out, or use a newer Istio`,
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

/** Rules about versions, and what a version can do. */
export const versionRules = {
  istioVersionIsSupported,
  federationVersionIsSupported,
  engineVersionFitsTheEngine,
  engineContextFitsTheEngine,
  engineContextIsNoClusters,
  istioAndFederationShareAKubernetes,
  installerIsOfThisIstio,
  topologyIsOfThisIstio,
  sailKnowsTheVersion,
};
