/** The domain of the clusters' Services unless the declaration names another one, as in Kubernetes. */
export const defaultClusterDomain = 'cluster.local';

/** The value of Istio's charts that names the domain: flag `--domain` of istiod, sidecars and gateways. */
export const clusterDomainPath = ['global', 'proxy', 'clusterDomain'] as const;

/** The name of a Service inside its mesh. */
export function serviceHost(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

/**
 * The hosts of the Gateway that lets calls from other networks through: the SNI of a call ends with the Service's name.
 * With the usual domain they are those of Istio's own sample, which also has `clusterset.local`
 * (1.31.0 samples/multicluster/expose-services.yaml).
 */
export function passthroughHosts(clusterDomain: string): readonly string[] {
  return clusterDomain === defaultClusterDomain ? ['*.local'] : [`*.${clusterDomain}`];
}
