/** API versions of Istio's configuration by group, for one dialect. */
export type IstioVersions = Readonly<Record<string, readonly string[]>>;

/** 1.7.2 manifests/charts/base/crds/crd-all.gen.yaml. */
export const istioVersions17: IstioVersions = {
  'networking.istio.io': ['v1alpha3', 'v1beta1'],
  'security.istio.io': ['v1beta1'],
};

/** 1.24 to 1.31: manifests/charts/base/files/crd-all.gen.yaml. */
export const currentIstioVersions: IstioVersions = {
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'telemetry.istio.io': ['v1', 'v1alpha1'],
  'extensions.istio.io': ['v1alpha1'],
};

/**
 * Whether objects of a group configure the mesh. istiod reads such objects only in its own cluster, so they go to every
 * primary and to no other cluster: they would have no effect in a remote.
 */
export function configuresTheMesh(group: string): boolean {
  return group in currentIstioVersions;
}
