import { assumedSailVersions } from '../constructs/domain/istio/sail-versions.ts';

/** A file of a Go module, which `go mod download` provides. */
export interface ModuleFile {
  /** `PATH@VERSION`. The version is a tag, because tags are served forever. */
  readonly module: string;
  readonly path: string;
}

/** Enum values of a release whose own file is not available. */
export interface Additions {
  /** Keys from the schema of each version down to the enum. */
  readonly path: readonly string[];
  readonly values: readonly string[];
}

/** Properties that are left out of a schema, because we emit none of them. */
export interface Omissions {
  /** Keys from the schema of each version down to the properties. */
  readonly path: readonly string[];
  readonly keys: readonly string[];
}

/** Location of the upstream file, in one line. */
export function nameOfUpstream({ upstream }: CrdSource): string {
  return typeof upstream === 'string' ? upstream : `${upstream.path} of Go module ${upstream.module}`;
}

/** One trimmed CRD file of `crds/`: the location of its upstream file, and the parts that we keep. */
export interface CrdSource {
  /** Path of the trimmed file, relative to the project. */
  readonly file: string;
  /** The upstream file at a fixed tag: a URL, or a path in a Go module. */
  readonly upstream: string | ModuleFile;
  /** sha256 of the upstream file at that tag, hexadecimal. */
  readonly upstreamSha256: string;
  /** CRD names and their kept API versions. CRDs and versions that are not listed are dropped. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
  /** List values that releases after the upstream file have added. @default - nothing */
  readonly additions?: Additions;
  /** Large parts that we do not need. @default - nothing */
  readonly omissions?: Omissions;
  /**
   * Whether `cdk8s.yaml` names it, so that `imports/` contains its classes. The others are read only for their schemas.
   */
  readonly isImported: boolean;
}

const federatedPlurals = [
  'clusterroles',
  'configmaps',
  'deployments',
  'ingresses',
  'jobs',
  'namespaces',
  'replicasets',
  'secrets',
  'serviceaccounts',
  'services',
];

const federatedKinds = Object.fromEntries(
  federatedPlurals.map((plural) => [`federated${plural}.types.kubefed.io`, ['v1beta1']]),
);

const istioKinds = { 'gateways.networking.istio.io': ['v1'], 'virtualservices.networking.istio.io': ['v1'] };

function istioApi(version: string): ModuleFile {
  return { module: `istio.io/api@v${version}`, path: 'kubernetes/customresourcedefinitions.gen.yaml' };
}

/** Every CRD file. Adding an API is one row here, and one in `cdk8s.yaml` if we emit its objects as typed classes. */
export const crdSources: readonly CrdSource[] = [
  {
    file: 'crds/istio-1.7.2.yaml',
    upstream: 'https://raw.githubusercontent.com/istio/istio/1.7.2/manifests/charts/base/crds/crd-all.gen.yaml',
    upstreamSha256: '577ccd5d0149b54c30cf3b057147be6c758a78de42e4e88ee47d3aa9e1750310',
    keep: { 'gateways.networking.istio.io': ['v1alpha3'] },
    isImported: true,
  },
  {
    file: 'crds/istio-1.31.4.yaml',
    upstream: istioApi('1.31.4'),
    upstreamSha256: 'c0ad59e008658765412badb836e73a523a355e3d792a32ad3c0711a728be5aff',
    keep: istioKinds,
    isImported: true,
  },
  {
    // Only read: its schemas are the only part of 1.32 that is available here.
    file: 'crds/istio-1.32.0.yaml',
    upstream: istioApi('1.32.0'),
    upstreamSha256: 'c65d3908ee5eefea7cb5f3baad2622455fd7b483e920ee428500b44da73f2601',
    keep: istioKinds,
    isImported: false,
  },
  {
    file: 'crds/kubefed-0.4.1.yaml',
    upstream: 'https://raw.githubusercontent.com/kubernetes-retired/kubefed/v0.4.1/charts/kubefed/crds/crds.yaml',
    upstreamSha256: '8c27f6c35c9523169c19182ae21bd00757ff45e8fb79e814df905b47ec2be8ef',
    keep: federatedKinds,
    isImported: false,
  },
  {
    file: 'crds/kubefed-0.10.0.yaml',
    upstream: 'https://raw.githubusercontent.com/kubernetes-retired/kubefed/v0.10.0/charts/kubefed/crds/crds.yaml',
    upstreamSha256: '7b06e94bae90f3eb3b10a7bd8f1502eba7ef3b55426e8fa6db4e8cb54cdc520a',
    keep: federatedKinds,
    isImported: true,
  },
  {
    // From main: the newest release, 1.30.3, does not know the values of Istio 1.31.
    file: 'crds/sail-operator.yaml',
    upstream:
      'https://raw.githubusercontent.com/istio-ecosystem/sail-operator/328df99dc9fc973a7dd0c6442145dc86459a1481/chart/crds/sailoperator.io_istios.yaml',
    upstreamSha256: '65878129c5434120c93f71a402931938fe651eca54681d064dc1621f25cfc3d4',
    keep: { 'istios.sailoperator.io': ['v1'] },
    additions: {
      path: ['properties', 'spec', 'properties', 'version', 'enum'],
      values: assumedSailVersions.map((version) => `v${version}`),
    },
    isImported: false,
  },
  ...karmadaPolicies({
    propagationpolicies: 'd6d86476d0ca15e850645937c0e775145520bd6d134b91f823b536d80e5ff770',
    clusterpropagationpolicies: 'b46f806938456f92af605e9e7361201a3d139f81a086cc24a972ef82f513758c',
    overridepolicies: 'f650d7b776e6ea31d6733aefefa027edc567172a556190f46b0de0730f05af52',
    clusteroverridepolicies: '944a09be1f6d708d117bb6f3e2aa9066ae0de3dad9ee897c06fd171508e0ee59',
  }),
  argoCd('application', '5dde0e229249b6b707beb98674c1deae3949d5c319a6c45b9f5a80c99618e40c'),
  argoCd('appproject', 'ab225266944322750136f1198d93786e4a79a0e43c8d149abfba44da30a3eac8'),
  {
    ...argoCd('applicationset', '7d282054f41ca2b71a22bab04a8caf0000e07e53a62432e6ea292dae5ab4f07d'),
    // Every generator repeats the schema of an Application. We emit the one with a list.
    omissions: {
      path: ['properties', 'spec', 'properties', 'generators', 'items', 'properties'],
      keys: ['clusterDecisionResource', 'clusters', 'git', 'matrix', 'merge', 'plugin', 'pullRequest', 'scmProvider'],
    },
  },
  ...flux('kustomize-controller@v1.9.5', 'kustomize', 'v1', {
    kustomizations: 'da23ca0e6b4c80d3d26a91583137491e147ef4ef1e2208aece0d0af4ef851974',
  }),
  ...flux('source-controller@v1.9.6', 'source', 'v1', {
    gitrepositories: 'bd0c08183287b2eea0d885751fc686bc4b2b583e919de6bd57859170b8d1727f',
    ocirepositories: '80c7c6e5c8de0764cc83acd4de5c74bea8e51186085304d22cecc5f2eb35500e',
    helmrepositories: '0f3c34df4a25c88c7ad7825ada26d696aa53d92ec2c0ca540e1f9a05db247fa9',
  }),
  ...flux('helm-controller@v1.6.4', 'helm', 'v2', {
    helmreleases: 'aa8638ac68465ceac1f93a617baf5be833c589c51fd78a7384a4a274c252becc',
  }),
];

// Argo CD has a separate file for each CRD, and so has Flux.
function argoCd(kind: string, upstreamSha256: string): CrdSource {
  return {
    file: `crds/argo-cd-3.5.7-${kind}s.yaml`,
    upstream: { module: 'github.com/argoproj/argo-cd/v3@v3.5.7', path: `manifests/crds/${kind}-crd.yaml` },
    upstreamSha256,
    keep: { [`${kind}s.argoproj.io`]: ['v1alpha1'] },
    isImported: false,
  };
}

function flux(
  controller: string,
  group: string,
  version: string,
  upstream: Readonly<Record<string, string>>,
): readonly CrdSource[] {
  return Object.entries(upstream).map(([plural, upstreamSha256]) => ({
    file: `crds/flux-2.9-${plural}.yaml`,
    upstream: {
      module: `github.com/fluxcd/${controller}`,
      path: `config/crd/bases/${group}.toolkit.fluxcd.io_${plural}.yaml`,
    },
    upstreamSha256,
    keep: { [`${plural}.${group}.toolkit.fluxcd.io`]: [version] },
    isImported: false,
  }));
}

// Karmada has a separate file for each CRD.
function karmadaPolicies(upstream: Readonly<Record<string, string>>): readonly CrdSource[] {
  return Object.entries(upstream).map(([plural, upstreamSha256]) => ({
    file: `crds/karmada-1.18.2-${plural}.yaml`,
    upstream: `https://raw.githubusercontent.com/karmada-io/karmada/v1.18.2/charts/karmada/_crds/bases/policy/policy.karmada.io_${plural}.yaml`,
    upstreamSha256,
    keep: { [`${plural}.policy.karmada.io`]: ['v1alpha1'] },
    isImported: false,
  }));
}
