/** One `go build`: the packages that share tags, and the name each program gets. */
export interface GoBuild {
  readonly tags: string;
  readonly programs: Readonly<Record<string, string>>;
}

/** A pinned Go module of `modules/<name>/`: what is built from it and which of its files are kept. */
export interface GoModule {
  readonly name: string;
  /** Part of the cache's key, and the version that the programs report. */
  readonly version: string;
  /** Where the version is in the module's own history, where no tag says so. @default - the tag of the version */
  readonly source?: string;
  /** Rows with older pins, tried in this order where a commit of this one is no longer served. @default - none */
  readonly fallbacks?: readonly string[];
  /** `-X` values for the linker. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly builds: readonly GoBuild[];
  /** Files and directories of the module that the suites need beside its programs. */
  readonly files: readonly string[];
  /** What building it took on two cores from nothing: said before it begins. */
  readonly minutes: number;
}

const KUBERNETES = '1.34.4';

/**
 * Istio has no tags that the module proxy serves, only commits: eed52ebb66ad is the tag 1.31.0. The commit of 1.31.1 was
 * served once and is not any more. Its istio.io/api is a later one than that tag's own, of 2026-09-15.
 */
const ISTIO = '1.31.0';

/** The head of release-1.30 on 2026-08-26, under the number of the patch that came next from there. */
const ISTIO_OF_THE_MINOR_BEFORE = '1.30.4';

/** The KubeFed version, with the leading v that its image tag has. */
const KUBEFED = 'v0.10.0';

/** The Karmada version. */
const KARMADA = 'v1.18.2';

/** THE table of what is compiled. A later issue adds a row, and the suite that needs it names it. */
export const MODULES = [
  {
    name: 'kubernetes',
    version: KUBERNETES,
    // Without these every server and node says v0.0.0-master, which charts and istioctl refuse as too old.
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

/** What `up` needs beside the servers: istioctl, for whoever looks around. */
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
      // On its own: istioctl does not compile with the agent's tag.
      { tags: 'agent,disable_pgv', programs: { 'istio.io/istio/pilot/cmd/pilot-agent': 'pilot-agent' } },
    ],
    files: ['manifests/charts', 'tools/packaging/common/envoy_bootstrap.json'],
    minutes: 7,
  } as const;
}
