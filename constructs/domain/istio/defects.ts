/** The meshes that have a defect: every mesh with an affected version, or only those that use a certain feature. */
export type DefectCondition = 'any mesh' | 'ambient mode' | 'BackendTLSPolicy';

/** A defect of some versions that affects traffic between clusters. */
export interface IstioDefect {
  /** The affected versions. */
  readonly versions: readonly VersionRange[];
  readonly condition: DefectCondition;
  /** Effect of the defect on a federation. */
  readonly what: string;
  readonly fix: string;
}

/** Patches of one minor, both ends included. */
interface VersionRange {
  readonly minor: string;
  readonly firstPatch: number;
  readonly lastPatch: number;
}

const patches = (minor: string, firstPatch: number, lastPatch: number): VersionRange => ({
  minor,
  firstPatch,
  lastPatch,
});
const every = (...minors: readonly string[]): readonly VersionRange[] =>
  minors.map((minor) => patches(minor, 0, Number.POSITIVE_INFINITY));

/**
 * THE table of defects. Numbers are issues of istio/istio. A minor is listed if upstream's release notes or the issue
 * name it. A minor that had ended before the fix is listed only if they say "before".
 */
export const istioDefects: readonly IstioDefect[] = [
  {
    // Fixed in 1.8.6 and 1.9.5 only.
    versions: every('1.7'),
    condition: 'any mesh',
    what: 'an AUTO_PASSTHROUGH gateway lets outside callers reach every service, past any policy (CVE-2021-31921)',
    fix: 'use this version only to follow the tutorial, and let firewalls open the port of the gateway to the other clusters only',
  },
  {
    // The tutorial's gateway has no ISTIO_META_REQUESTED_NETWORK_VIEW. As an ingress gateway it must see every network.
    versions: every('1.7'),
    condition: 'any mesh',
    what: 'its single gateway also sees the other networks and sends some calls back: of 100 calls between two equal clusters, 20 to 25 reach the other cluster instead of 50',
    fix: 'use this version only to follow the tutorial; current Istio has a separate gateway for other networks',
  },
  {
    // 60920, fixed by PR 60927 in 1.31.0 and by its backport in 1.30.4.
    versions: [patches('1.30', 0, 3)],
    condition: 'any mesh',
    what: 'renewing the token of a remote secret takes the gateway of that cluster out of the routing until istiod restarts (istio/istio 60920)',
    fix: 'use 1.30.4 or newer',
  },
  {
    // PR 61044; its ports to release-1.30 and release-1.31, 61159 and 61160, are in 1.30.4 and 1.31.0.
    versions: [patches('1.30', 0, 3)],
    condition: 'any mesh',
    what: 'renewing the token of a remote secret removes the endpoints of that cluster, and calls to it fail until istiod restarts (istio/istio 61043)',
    fix: 'use 1.30.4 or newer',
  },
  {
    versions: [patches('1.30', 0, 2)],
    condition: 'any mesh',
    what: 'istiod may not read a renewed remote secret at all: until istiod restarts, calls follow the earlier state of that cluster (istio/istio 60612)',
    fix: 'use 1.30.4 or newer',
  },
  {
    // PR 61093 and its ports of August 2026. The first patches after them are 1.29.7, 1.30.4 and 1.31.0.
    versions: [patches('1.29', 0, 6), patches('1.30', 0, 3)],
    condition: 'ambient mode',
    what: 'an ingress gateway bypasses the waypoint of a service that runs in several clusters, and so the policies of the waypoint (istio/istio 61092)',
    fix: 'use 1.30.4 or newer',
  },
  {
    // Release notes of 1.29.8 and 1.30.5.
    versions: [patches('1.29', 0, 7), patches('1.30', 0, 4)],
    condition: 'ambient mode',
    what: 'where a network has several gateways, calls to it use one gateway chosen at random, and another one after each restart of istiod',
    fix: 'use 1.30.5 or newer',
  },
  {
    // Release notes of 1.29.7 and 1.31.1; PRs 61306 and 61394 brought it to 1.30.4.
    versions: [patches('1.29', 0, 6), patches('1.30', 0, 3), patches('1.31', 0, 0)],
    condition: 'ambient mode',
    what: 'each renewal of a remote secret leaks memory in istiod and leaves stale endpoints of that cluster (istio/istio 60033)',
    fix: 'use 1.31.1 or newer',
  },
  {
    // Release notes of 1.29.8, 1.30.5 and 1.31.1: every earlier istioctl did so.
    versions: [
      ...every('1.24', '1.25', '1.26', '1.27', '1.28'),
      patches('1.29', 0, 7),
      patches('1.30', 0, 4),
      patches('1.31', 0, 0),
    ],
    condition: 'any mesh',
    what: 'istioctl analyze runs the exec plugins that remote secrets in istio-system name: anyone allowed to write such a Secret can run programs on the machine that runs istioctl',
    fix: 'use 1.29.8, 1.30.5, 1.31.1 or newer, at least for istioctl',
  },
  {
    // Release notes of 1.29.7, 1.30.4 and 1.31.1.
    versions: [patches('1.29', 0, 6), patches('1.30', 0, 3), patches('1.31', 0, 0)],
    condition: 'BackendTLSPolicy',
    what: 'a sidecar calls without TLS where a BackendTLSPolicy cannot be applied, instead of refusing the call (GHSA-qm8v-g4f9-qhjx)',
    fix: 'use 1.31.1 or newer',
  },
];

/** The known defects of an exact version, whether or not a declaration meets them. */
export function findIstioDefects(version: string): readonly IstioDefect[] {
  return istioDefects.filter(({ versions }) => versions.some((range) => contains(range, version)));
}

function contains({ minor, firstPatch, lastPatch }: VersionRange, version: string): boolean {
  const patch = version.startsWith(`${minor}.`) ? Number(version.slice(minor.length + 1)) : Number.NaN;
  return patch >= firstPatch && patch <= lastPatch;
}
