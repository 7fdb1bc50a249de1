/** A defect of some versions of one minor that matters between networks. */
export interface IstioDefect {
  readonly minor: string;
  readonly firstPatch: number;
  readonly lastPatch: number;
  readonly what: string;
  readonly fix: string;
}

const defects: readonly IstioDefect[] = [
  {
    minor: '1.7',
    firstPatch: 0,
    lastPatch: 8,
    // Fixed in 1.8.6 and 1.9.5 only.
    what: 'an AUTO_PASSTHROUGH gateway lets outside callers reach every service, past any policy (CVE-2021-31921)',
    fix: 'use it to follow the tutorial, with the port of the gateway open to the other clusters only, in their firewalls',
  },
  {
    minor: '1.7',
    firstPatch: 0,
    lastPatch: 8,
    // The tutorial's gateway has no ISTIO_META_REQUESTED_NETWORK_VIEW, and as an ingress gateway must see everything.
    what: 'its one gateway sees the other networks, too, and sends part of the calls back: of 100 between two equal clusters 20 to 25 arrive there, not 50',
    fix: 'use it to follow the tutorial; current Istio has a gateway of its own for other networks',
  },
  {
    minor: '1.30',
    firstPatch: 0,
    lastPatch: 3,
    // istio/istio issue 60920, fixed by PR 60927 in 1.31.0 and by its backport in 1.30.4.
    what: 'renewing the token of a remote secret takes the gateway of that cluster out of the routing until istiod restarts',
    fix: 'use 1.30.4 or newer',
  },
];

/** The known defects of an exact version. */
export function findIstioDefects(version: string): readonly IstioDefect[] {
  return defects.filter(({ minor, firstPatch, lastPatch }) => {
    const patch = version.startsWith(`${minor}.`) ? Number(version.slice(minor.length + 1)) : Number.NaN;
    return patch >= firstPatch && patch <= lastPatch;
  });
}
