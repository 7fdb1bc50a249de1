import type { Finding } from '../../../model/problems/finding.ts';
import { type Evidence, istioReleaseOf } from '../../../model/rules/evidence.ts';
import { kubefedReleases } from '../domain/releases.ts';

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
      fix: 'use 0.10.0, the last release; the tutorial uses 0.4.1',
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
      expected: `a KubeFed that runs on the Kubernetes versions of Istio ${istio?.version}, 1.${firstOfIstio} to 1.${lastOfIstio}; this one needs 1.${first} to 1.${last}`,
      fix: 'use KubeFed 0.10.0 with Istio 1.24 or newer, or 0.4.1 with Istio 1.7',
    },
  ];
}

/** Rules about releases of KubeFed. */
export const versionRules = { federationVersionIsSupported, istioAndFederationShareAKubernetes };
