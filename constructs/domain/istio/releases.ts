import { currentDialect, dialect17, type IstioDialect } from './dialects.ts';

/** How the control planes of a mesh relate to each other. */
export type Topology = 'primary-remote' | 'multi-primary';

/** The tool that installs Istio in a cluster. */
export type Installer = 'istioctl' | 'helm' | 'sail';

/**
 * The istiod that injects a remote's sidecars and issues their certificates: the one of its primary, or a local one.
 */
export type Injector = 'primary' | 'local';

/** A minor release of Istio: the versions that it runs with, and its features. */
export interface IstioRelease {
  readonly dialect: IstioDialect;
  /** The newest patch that is known. */
  readonly newestPatch: number;
  /**
   * The parts of a minor release that were not tested here, if the minor is newer than all tested ones. Otherwise null.
   */
  readonly notRun: string | null;
  /** Supported Kubernetes minors, first and last (istio.io data/compatibility/supportStatus.yml). */
  readonly kubernetesMinors: readonly [first: number, last: number];
  /** Last day of upstream support. Null means that upstream still supports the minor, so later patches may appear. */
  readonly endOfLife: string | null;
  /** Registry of the release's images (registry.istio.io since 1.30). */
  readonly hub: string;
  readonly topologies: readonly Topology[];
  readonly installers: readonly Installer[];
  readonly injectors: readonly Injector[];
  /**
   * Whether its charts tell the API server of a remote where the primary's istiod is by an Endpoints. Since 1.28 they write an
   * EndpointSlice alone (manifests/charts/istio-control/istio-discovery/templates/remote-istiod-endpointslices.yaml), and
   * API servers that read Endpoints find no injector (istio/istio#58998: GKE 1.33).
   */
  readonly writesEndpoints: boolean;
  /**
   * Whether those charts take an IPv6 address for one. Before 1.30.0 they write it into an ExternalName, as they do with a
   * hostname, and no API server calls such a Service (the templates of the same chart).
   */
  readonly takesIpv6: boolean;
  /** Variables of istiod whose upstream default is wrong between networks. The user's own setting takes precedence. */
  readonly safeVariables: readonly SafeVariable[];
}

/** A variable of istiod that we set, and the reason in words for the reviewer of the file. */
export interface SafeVariable {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

const current = {
  dialect: currentDialect,
  notRun: null,
  safeVariables: [],
  writesEndpoints: true,
  takesIpv6: false,
  topologies: ['primary-remote', 'multi-primary'],
  installers: ['istioctl', 'helm'],
  // `enabledLocalInjectorIstiod` came with 1.27 (releasenotes/notes of 1.27).
  injectors: ['primary'],
} as const;

const withLocalInjector = { ...current, injectors: ['primary', 'local'] } as const;

const withSlices = { ...withLocalInjector, writesEndpoints: false } as const;

// The operator also lists older releases, but refuses to install them (sail-operator pkg/istioversion/versions.yaml).
const withSail = { ...withSlices, installers: ['istioctl', 'helm', 'sail'] } as const;

// On by default since 1.31.0 (pilot/pkg/features/experimental.go). pilot/pkg/xds/endpoints/ep_filters.go adds up the
// weight of a gateway and ignores the health of the pods behind it (seen on 1.31.0: test/e2e/suites/hazards).
const onlyReadyPods: SafeVariable = {
  name: 'PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS',
  value: 'false',
  reason: 'by default Istio sends calls to a network for its pods that are not ready, too',
};

const oldHub = 'docker.io/istio';
const newHub = 'registry.istio.io/release';

/**
 * THE table of supported Istio minors, oldest first. The minors between 1.7 and 1.24 changed their gateways one after
 * the other.
 */
export const istioReleases: Readonly<Record<string, IstioRelease>> = {
  '1.7': {
    dialect: dialect17,
    newestPatch: 8,
    notRun: null,
    safeVariables: [],
    // Upstream says 1.16 to 1.18; its webhooks are admissionregistration v1beta1, which 1.22 no longer serves.
    kubernetesMinors: [16, 21],
    endOfLife: '2021-02-25',
    hub: oldHub,
    topologies: ['primary-remote'],
    installers: ['istioctl'],
    injectors: ['local'],
    writesEndpoints: true,
    takesIpv6: false,
  },
  '1.24': { ...current, newestPatch: 6, kubernetesMinors: [28, 31], endOfLife: '2025-06-19', hub: oldHub },
  '1.25': { ...current, newestPatch: 5, kubernetesMinors: [29, 32], endOfLife: '2025-09-30', hub: oldHub },
  '1.26': { ...current, newestPatch: 8, kubernetesMinors: [29, 33], endOfLife: '2025-12-22', hub: oldHub },
  '1.27': { ...withLocalInjector, newestPatch: 9, kubernetesMinors: [29, 33], endOfLife: '2026-04-07', hub: oldHub },
  '1.28': { ...withSlices, newestPatch: 10, kubernetesMinors: [30, 34], endOfLife: '2026-07-01', hub: oldHub },
  // Six weeks after 1.31.0, according to the support policy.
  '1.29': { ...withSail, newestPatch: 10, kubernetesMinors: [31, 35], endOfLife: '2026-10-11', hub: oldHub },
  '1.30': { ...withSail, takesIpv6: true, newestPatch: 8, kubernetesMinors: [32, 36], endOfLife: null, hub: newHub },
  '1.31': {
    ...withSail,
    takesIpv6: true,
    newestPatch: 4,
    kubernetesMinors: [32, 36],
    endOfLife: null,
    hub: newHub,
    safeVariables: [onlyReadyPods],
  },
  '1.32': {
    ...withSlices,
    takesIpv6: true,
    newestPatch: 0,
    // Module istio.io/api v1.32.0 (2026-10-21) has its CRDs.
    notRun: 'istiod, istioctl and the charts of 1.32: only its CRDs are known here',
    // No upstream page lists them yet. These are the minors of 1.31 and the minor that Kubernetes has released since.
    kubernetesMinors: [32, 37],
    endOfLife: null,
    hub: newHub,
    safeVariables: [onlyReadyPods],
  },
};

/** The recommended version: the newest patch of the newest minor that was tested here. */
export const recommendedIstioVersion = recommended();

function recommended(): string {
  const run = Object.entries(istioReleases).filter(([, { notRun }]) => notRun === null);
  const [minor, release] = run.at(-1) ?? [];
  return `${minor}.${release?.newestPatch}`;
}

/** The newest known patch of every minor, the recommended version first and the others newest first. */
export const knownIstioVersions: readonly string[] = [
  ...new Set([
    recommendedIstioVersion,
    ...Object.entries(istioReleases)
      .map(([minor, { newestPatch }]) => `${minor}.${newestPatch}`)
      .reverse(),
  ]),
];

interface Version {
  readonly minor: string;
  readonly patch: number;
}

function parse(version: string): Version {
  const [major, minor, patch] = version.split('.');
  return { minor: `${major}.${minor}`, patch: Number(patch) };
}

/** The minor of an exact version: `1.31`. */
export function minorOf(version: string): string {
  return parse(version).minor;
}

/**
 * The release of an exact version, or null if the version is not supported. While upstream supports a release, patches
 * newer than the newest known one belong to it, so that nobody has to wait for us to take a security fix.
 */
export function findIstioRelease(version: string): IstioRelease | null {
  const { minor, patch } = parse(version);
  const release = istioReleases[minor];
  if (release === undefined) return null;
  return release.endOfLife === null || patch <= release.newestPatch ? release : null;
}

/** Whether a version is a patch that appeared after the newest patch known here. */
export function isNewerThanKnown(version: string): boolean {
  const { minor, patch } = parse(version);
  return patch > (istioReleases[minor]?.newestPatch ?? Number.POSITIVE_INFINITY);
}
