/** API versions of Istio's configuration by group, in one of its dialects. */
export type IstioVersions = Readonly<Record<string, readonly string[]>>;

/** 1.7.2 manifests/charts/base/crds/crd-all.gen.yaml. */
export const istioVersions17: IstioVersions = {
  'networking.istio.io': ['v1alpha3', 'v1beta1'],
  'security.istio.io': ['v1beta1'],
};

/** The same from 1.24 to 1.31: manifests/charts/base/files/crd-all.gen.yaml. */
export const currentIstioVersions: IstioVersions = {
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'telemetry.istio.io': ['v1', 'v1alpha1'],
  'extensions.istio.io': ['v1alpha1'],
};

/**
 * Whether objects of a group configure the mesh. istiod reads them in its own cluster only, so they go to every primary
 * and nowhere else: in a remote they would do nothing.
 */
export function configuresTheMesh(group: string): boolean {
  return group in currentIstioVersions;
}
