/** One `go build`: packages that share tags, and the name of each program. */
export interface GoBuild {
  readonly tags: string;
  readonly programs: Readonly<Record<string, string>>;
}

/** A pinned Go module of `modules/<name>/`: its builds and its kept files. */
export interface GoModule {
  readonly name: string;
  /** Part of the cache's key, and the version that the programs report. */
  readonly version: string;
  /** Location of the version in the module's history if no tag gives it. @default - the tag of the version */
  readonly source?: string;
  /** Rows with older pins, tried in this order if a commit of this row is no longer served. @default - none */
  readonly fallbacks?: readonly string[];
  /** `-X` values for the linker. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly builds: readonly GoBuild[];
  /** Files and directories of the module that the suites need besides its programs. */
  readonly files: readonly string[];
  /** Minutes for a build from nothing on two cores, announced before the build. */
  readonly minutes: number;
}

const KUBERNETES = '1.34.4';

/**
 * The module proxy serves no tags of Istio, only commits: eed52ebb66ad is the tag 1.31.0. It once served the commit of
 * 1.31.1, but does not any more. This commit's istio.io/api is of 2026-09-15, later than that of the tag.
 */
const ISTIO = '1.31.0';

/** The head of release-1.30 on 2026-08-26, with the number of the next patch after it. */
const ISTIO_OF_THE_MINOR_BEFORE = '1.30.4';

/** The KubeFed version, with the leading v that its image tag has. */
const KUBEFED = 'v0.10.0';

/** The Karmada version. */
const KARMADA = 'v1.18.2';

/** THE table of compiled modules. To add a module, add a row, and name it in the suite that needs it. */
export const MODULES = [
  {
    name: 'kubernetes',
    version: KUBERNETES,
    // Without these every server and node reports v0.0.0-master, which charts and istioctl refuse as too old.
    stamps: {
      'k8s.io/component-base/version.gitVersion': `v${KUBERNETES}`,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '34',
      'k8s.io/client-go/pkg/version.gitVersion': `v${KUBERNETES}`,
    },
    builds: [
      {
        tags: '',
        programs: Object.fromEntries(
          ['kube-apiserver', 'kube-controller-manager', 'kubectl', 'kube-scheduler', 'kube-proxy', 'kubelet'].map(
            (name) => [`k8s.io/kubernetes/cmd/${name}`, name],
          ),
        ),
      },
    ],
    files: [],
    minutes: 7,
  },
  istio('istio', ISTIO, ['istio-1.30']),
  { ...istio('istio-1.30', ISTIO_OF_THE_MINOR_BEFORE), source: 'release-1.30 at 9739e10eb9d7' },
  {
    name: 'kubefed',
    version: KUBEFED,
    stamps: { 'sigs.k8s.io/kubefed/pkg/version.version': KUBEFED },
    builds: [
      {
        tags: '',
        programs: {
          'sigs.k8s.io/kubefed/cmd/hyperfed': 'hyperfed',
          'sigs.k8s.io/kubefed/cmd/kubefedctl': 'kubefedctl',
        },
      },
    ],
    files: ['charts/kubefed'],
    minutes: 3,
  },
  {
    name: 'karmada',
    version: KARMADA,
    stamps: { 'github.com/karmada-io/karmada/pkg/version.gitVersion': KARMADA },
    builds: [
      {
        tags: '',
        programs: {
          'github.com/karmada-io/karmada/cmd/aggregated-apiserver': 'karmada-aggregated-apiserver',
          'github.com/karmada-io/karmada/cmd/controller-manager': 'karmada-controller-manager',
          'github.com/karmada-io/karmada/cmd/karmadactl': 'karmadactl',
          'github.com/karmada-io/karmada/cmd/scheduler': 'karmada-scheduler',
          'github.com/karmada-io/karmada/cmd/webhook': 'karmada-webhook',
        },
      },
    ],
    files: ['charts/karmada/_crds', 'artifacts/deploy'],
    minutes: 7.5,
  },
  {
    name: 'coredns',
    version: '1.12.2',
    stamps: {},
    builds: [{ tags: '', programs: { 'github.com/coredns/coredns': 'coredns' } }],
    files: [],
    minutes: 3,
  },
  {
    name: 'helm',
    version: '4.3.1',
    stamps: {},
    builds: [{ tags: '', programs: { 'helm.sh/helm/v4/cmd/helm': 'helm' } }],
    files: [],
    minutes: 5,
  },
  {
    name: 'metallb',
    version: '0.15.2',
    stamps: {},
    builds: [{ tags: '', programs: { 'go.universe.tf/metallb/controller': 'metallb-controller' } }],
    files: ['config/crd/bases'],
    minutes: 2,
  },
  {
    name: 'helloworld',
    version: '1',
    stamps: {},
    builds: [{ tags: '', programs: { 'e2e/helloworld': 'helloworld' } }],
    files: [],
    minutes: 0.1,
  },
] as const satisfies readonly GoModule[];

/** The name of a row of the table. */
export type ModuleName = (typeof MODULES)[number]['name'];

/** Tools for `up` besides the servers: istioctl, for exploring the clusters. */
export const MODULES_OF_UP: readonly ModuleName[] = ['istio'];

function istio<Name extends string>(name: Name, version: string, fallbacks: readonly string[] = []) {
  return {
    name,
    version,
    fallbacks,
    stamps: {
      'istio.io/istio/pkg/version.buildVersion': version,
      'istio.io/istio/pkg/version.buildTag': version,
      'istio.io/istio/pkg/version.buildHub': 'registry.istio.io/release',
    },
    builds: [
      {
        tags: 'vtprotobuf,disable_pgv',
        programs: {
          'istio.io/istio/istioctl/cmd/istioctl': 'istioctl',
          'istio.io/istio/pilot/cmd/pilot-discovery': 'pilot-discovery',
        },
      },
      // Separate, because istioctl does not compile with the agent's tag.
      { tags: 'agent,disable_pgv', programs: { 'istio.io/istio/pilot/cmd/pilot-agent': 'pilot-agent' } },
    ],
    files: ['manifests/charts', 'tools/packaging/common/envoy_bootstrap.json'],
    minutes: 7,
  } as const;
}
