import { isNewerThanKnown, minorOf, recommendedIstioVersion } from '../../../domain/istio/releases.ts';
import { loadBalancerPresets } from '../../../domain/kubernetes/load-balancers/presets.ts';
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
      expected: `a supported version; support for this one ended on ${endOfLife}`,
      fix: `use ${recommendedIstioVersion}, or the newest version that your installer has`,
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
      expected: `a minor version that was tested on real clusters; not tested: ${notRun}`,
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
      expected: `a patch release that is known here: up to ${minorOf(version)}.${release.newestPatch}`,
      fix: 'nothing to do if that release exists: patch releases change only version strings in the output',
    },
  ];
}

// Without these annotations the declared address is only an expectation: the rollout compares it with the address that
// the cloud assigned.
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

/** Warnings about the mesh. */
export const meshWarnings = {
  istioVersionIsPastItsEnd,
  istioMinorWasNotRun,
  istioVersionIsNewerThanTested,
  presetCannotAskForTheAddress,
};
