import { isNewerThanKnown, minorOf, recommendedIstioVersion } from '../../../domain/istio/releases.ts';
import { loadBalancerPresets } from '../../../domain/kubernetes/load-balancer-presets.ts';
import type { Finding } from '../../problems/finding.ts';
import {
  clustersOf,
  declaredAddressesOf,
  declaredGatewayOf,
  type Evidence,
  istioReleaseOf,
  saysSomething,
} from '../evidence.ts';

function istioVersionIsPastItsEnd(evidence: Evidence): readonly Finding[] {
  const endOfLife = istioReleaseOf(evidence)?.endOfLife ?? null;
  if (endOfLife === null) return [];
  return [
    {
      path: ['istio', 'version'],
      got: evidence.declaration.istio?.version,
      expected: `a version with support; this one ended on ${endOfLife}`,
      fix: `use ${recommendedIstioVersion}, or the newest that your installer has`,
    },
  ];
}

function istioMinorWasNotRun(evidence: Evidence): readonly Finding[] {
  const notRun = istioReleaseOf(evidence)?.notRun ?? null;
  if (notRun === null) return [];
  return [
    {
      path: ['istio', 'version'],
      got: evidence.declaration.istio?.version,
      expected: `a minor that was run on real clusters; not run: ${notRun}`,
      fix: `use ${recommendedIstioVersion}, or try the output on clusters that may break`,
    },
  ];
}

function istioVersionIsNewerThanTested(evidence: Evidence): readonly Finding[] {
  const version = evidence.declaration.istio?.version;
  const release = istioReleaseOf(evidence);
  if (version === undefined || release === null || !isNewerThanKnown(version)) return [];
  return [
    {
      path: ['istio', 'version'],
      got: version,
      expected: `a patch that is known here: up to ${minorOf(version)}.${release.newestPatch}`,
      fix: 'nothing, if that release exists: patches change no output but version strings',
    },
  ];
}

// The declared address is then only an expectation, which the rollout compares with what the cloud has given.
function presetCannotAskForTheAddress(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence).flatMap((draft) => {
    const { preset, annotations } = declaredGatewayOf(draft);
    const [declared] = declaredAddressesOf(draft);
    if (preset === undefined || declared === undefined || saysSomething(annotations)) return [];
    const { reservedAddress } = loadBalancerPresets[preset];
    if (reservedAddress.kind !== 'none') return [];
    return [
      {
        path: declared.path,
        got: declared.address,
        expected: `annotations that ask for the address: ${reservedAddress.why}`,
        fix: 'add them to gateway.annotations',
      },
    ];
  });
}

/** What of the mesh works but will hurt. */
export const meshWarnings = {
  istioVersionIsPastItsEnd,
  istioMinorWasNotRun,
  istioVersionIsNewerThanTested,
  presetCannotAskForTheAddress,
};
