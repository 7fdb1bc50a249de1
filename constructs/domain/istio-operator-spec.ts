/** A network of `meshNetworks`: whose endpoints are in it and through which gateways others reach it. */
export interface MeshNetwork {
  readonly endpoints: readonly { readonly fromRegistry: string }[];
  readonly gateways: readonly { readonly registryServiceName: string; readonly port: number }[];
}

/**
 * The part of an IstioOperator's spec that we write. Its CRD has no schema (`x-kubernetes-preserve-unknown-fields`),
 * so the fields are those of Istio 1.7.2 operator/pkg/apis/istio/v1alpha1/values_types.proto.
 *
 * Keys of `meshNetworks` are in camelCase: istiod reads both spellings, the Sail operator only this one.
 */
export interface IstioOperatorSpec {
  readonly values: {
    readonly global: {
      readonly multiCluster: { readonly clusterName: string };
      readonly network: string;
      readonly meshNetworks?: Readonly<Record<string, MeshNetwork>>;
      /** Puts istiod's port 15012 on the ingress gateway, so that remotes can reach it. */
      readonly meshExpansion?: { readonly enabled: boolean };
      /** Where the proxies of a remote find the primary's istiod; an IP address. */
      readonly remotePilotAddress?: string;
    };
  };
  readonly components?: { readonly ingressGateways: readonly { readonly name: string; readonly enabled: boolean }[] };
}
