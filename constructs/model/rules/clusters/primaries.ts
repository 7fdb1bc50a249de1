import { isIP } from 'node:net';
import { loadBalancerPresets } from '../../../domain/kubernetes/load-balancers/presets.ts';
import type { Finding } from '../../problems/finding.ts';
import {
  type DeclaredControlPlane,
  declaredControlPlanes,
  remotesOf,
} from '../../resolution/declared-control-planes.ts';
import {
  type ClusterDraft,
  clustersOf,
  declaredAddressesOf,
  declaredGatewayOf,
  type Evidence,
  istioReleaseOf,
} from '../evidence.ts';

/** Primaries with remotes, and the remotes that must reach them. */
function servingPrimaries(
  evidence: Evidence,
): readonly (ClusterDraft & { remotes: readonly DeclaredControlPlane[] })[] {
  const remotesOfPrimary = remotesOf(declaredControlPlanes(evidence.declaration));
  return clustersOf(evidence)
    .map((draft) => ({ ...draft, remotes: remotesOfPrimary(draft.cluster.name ?? '') }))
    .filter(({ remotes }) => remotes.length > 0);
}

const injectingPrimaries = (evidence: Evidence): ReturnType<typeof servingPrimaries> =>
  servingPrimaries(evidence).filter(({ remotes }) => remotes.some(({ injector }) => injector === 'primary'));

// A hostname makes istiod's Service an ExternalName, and the API server of a remote calls the injector by no such Service, or at
// HOST:443, where only 15017 leads to it (kubernetes staging/src/k8s.io/apiserver/pkg/util/proxy/proxy.go, ResolveEndpoint and
// ResolveCluster; istio/istio#45014).
function primaryAddressIsAnIp(evidence: Evidence): readonly Finding[] {
  if (istioReleaseOf(evidence)?.dialect.name !== 'current') return [];
  const expected = 'an IP address: the API servers of its remotes cannot reach the injector by a hostname';
  const fix = 'reserve an IP address, give the remotes injector: local, or use topology: multi-primary';
  return injectingPrimaries(evidence).flatMap((draft) => {
    const names = declaredAddressesOf(draft).filter(({ address }) => isIP(address) === 0);
    if (names.length > 0) return names.map(({ path, address }) => ({ path, got: address, expected, fix }));
    const { preset } = declaredGatewayOf(draft);
    const isNamed = preset !== undefined && loadBalancerPresets[preset].answersWith === 'hostname';
    if (!isNamed || declaredAddressesOf(draft).length > 0) return [];
    return [{ path: ['clusters', draft.index, 'gateway', 'preset'], got: preset, expected, fix }];
  });
}

// Before 1.30 the charts write an IPv6 address into an ExternalName, too.
function primaryAddressIsTakenByIstio(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  if (release === null || release.takesIpv6 || release.dialect.name !== 'current') return [];
  return injectingPrimaries(evidence).flatMap((draft) => {
    const addresses = declaredAddressesOf(draft).filter(({ address }) => isIP(address) !== 0);
    if (addresses.some(({ address }) => isIP(address) === 4)) return [];
    return addresses.map(({ path, address }) => ({
      path,
      got: address,
      expected: 'an IPv4 address: before Istio 1.30 the API servers of its remotes reach the injector by no other one',
      fix: 'add an IPv4 address, use Istio 1.30 or newer, or use topology: multi-primary',
    }));
  });
}

function primaryHasAGateway(evidence: Evidence): readonly Finding[] {
  return servingPrimaries(evidence).flatMap((draft) => {
    const { type } = declaredGatewayOf(draft);
    const expected = 'a gateway with an address of its own: the proxies of its remotes reach istiod on its port 15012';
    const fix = 'use type: LoadBalancer or ExternalIPs';
    if (draft.cluster.gateway === 'none')
      return [{ path: ['clusters', draft.index, 'gateway'], got: 'none', expected, fix }];
    return type === 'NodePort'
      ? [{ path: ['clusters', draft.index, 'gateway', 'type'], got: type, expected, fix }]
      : [];
  });
}

// Primaries whose remotes cannot be told their address at synth, where nothing tells it to them later.
const findUnknown = (evidence: Evidence, nobody: string, fix: string): readonly Finding[] =>
  servingPrimaries(evidence)
    .filter((draft) => declaredAddressesOf(draft).length === 0 && draft.cluster.gateway !== 'none')
    .filter(({ cluster }) => evidence.lock.clusters?.[cluster.name ?? '']?.gatewayAddress === undefined)
    .map((draft) => ({
      path: ['clusters', draft.index],
      got: undefined,
      expected: `gateway.address, or an address in the lock: with ${nobody} nothing fills the address into the file of a remote`,
      fix,
    }));

// The Sail operator reads a file that no step completes during the rollout.
function sailNeedsTheAddressOfAPrimary(evidence: Evidence): readonly Finding[] {
  if (evidence.declaration.istio?.installer !== 'sail') return [];
  return findUnknown(evidence, 'installer: sail', 'reserve an address and declare it, or use another installer');
}

// So does a GitOps engine. With the Sail operator the rule above has said it.
function gitopsNeedsTheAddressOfAPrimary(evidence: Evidence): readonly Finding[] {
  const { gitops, istio } = evidence.declaration;
  if (gitops === undefined || istio?.installer === 'sail') return [];
  const fix =
    'reserve an address and declare it, or let mesh-federation discover write the address of a gateway that runs to the lock';
  return findUnknown(evidence, 'gitops', fix);
}

/** Rules about requirements of remotes for their primary. */
export const primaryRules = {
  primaryAddressIsAnIp,
  primaryAddressIsTakenByIstio,
  primaryHasAGateway,
  sailNeedsTheAddressOfAPrimary,
  gitopsNeedsTheAddressOfAPrimary,
};
