/** One trimmed CRD file of `crds/`: where its upstream file is, and what we keep of it. */
export interface CrdSource {
  /** Path of the trimmed file, relative to the project. */
  readonly file: string;
  /** The public upstream file at a fixed tag. */
  readonly url: string;
  /** sha256 of the upstream file at that tag, hexadecimal. */
  readonly upstreamSha256: string;
  /** CRD name to the API versions kept of it; CRDs and versions not listed are dropped. */
  readonly keep: Readonly<Record<string, readonly string[]>>;
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

/** Every CRD file that `imports/` is generated from. Adding an API is one row here and one in `cdk8s.yaml`. */
export const crdSources: readonly CrdSource[] = [
  {
    file: 'crds/istio-1.7.2.yaml',
    url: 'https://raw.githubusercontent.com/istio/istio/1.7.2/manifests/charts/base/crds/crd-all.gen.yaml',
    upstreamSha256: '577ccd5d0149b54c30cf3b057147be6c758a78de42e4e88ee47d3aa9e1750310',
    keep: { 'gateways.networking.istio.io': ['v1alpha3'] },
  },
  {
    file: 'crds/kubefed-0.4.1.yaml',
    url: 'https://raw.githubusercontent.com/kubernetes-retired/kubefed/v0.4.1/charts/kubefed/crds/crds.yaml',
    upstreamSha256: '8c27f6c35c9523169c19182ae21bd00757ff45e8fb79e814df905b47ec2be8ef',
    keep: Object.fromEntries(federatedPlurals.map((plural) => [`federated${plural}.types.kubefed.io`, ['v1beta1']])),
  },
];
