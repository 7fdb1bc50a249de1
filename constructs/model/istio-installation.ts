import type { IstioValues } from '../../imports/istio-values.ts';

/** A network of `meshNetworks`: the clusters with its endpoints, and the gateways through which others reach it. */
export interface MeshNetwork {
  readonly endpoints: readonly { readonly fromRegistry: string }[];
  readonly gateways: readonly { readonly registryServiceName: string; readonly port: number }[];
}

/**
 * The part of an IstioOperator's spec that we write for Istio 1.7. Its CRD has no schema
 * (`x-kubernetes-preserve-unknown-fields`), so the fields follow Istio 1.7.2
 * operator/pkg/apis/istio/v1alpha1/values_types.proto.
 *
 * Keys of `meshNetworks` are in camelCase: istiod reads both spellings, the Sail operator only this one.
 */
export interface IstioOperatorSpec17 {
  readonly hub?: string;
  readonly values: {
    readonly global: {
      readonly imagePullSecrets?: readonly string[];
      readonly multiCluster: { readonly clusterName: string };
      readonly network: string;
      readonly meshNetworks?: Readonly<Record<string, MeshNetwork>>;
      /** Adds istiod's port 15012 to the ingress gateway, so that remotes can reach it. */
      readonly meshExpansion?: { readonly enabled: boolean };
      /** IP address at which the proxies of a remote find the primary's istiod. */
      readonly remotePilotAddress?: string;
    };
  };
  readonly components?: { readonly ingressGateways: readonly { readonly name: string; readonly enabled: boolean }[] };
}

/**
 * The part of an IstioOperator's spec that we write for current Istio (1.31.0 operator/pkg/apis/types.go). Profile
 * `minimal` is istiod alone. Profile `remote` is for a cluster without a control plane of its own. Neither has a
 * gateway.
 */
export interface IstioOperatorSpec {
  readonly profile: 'minimal' | 'remote';
  readonly values: IstioValues;
}

/** Spec of the Sail operator's `Istio` resource (sail-operator api/v1/istio_types.go). */
export interface SailIstioSpec {
  /** Version with a leading v. The operator accepts only versions on its list. */
  readonly version: string;
  readonly namespace: string;
  readonly updateStrategy: { readonly type: 'InPlace' };
  readonly profile?: 'remote';
  readonly values: IstioValues;
}
