import type { IstioOperatorSpec } from '../domain/istio-operator-spec.ts';
import type { ClusterOverride } from '../domain/kubefed-overrides.ts';
import type { KubernetesObject } from '../model/federation.ts';
import type { WaveName } from './waves.ts';

/** A namespace with its labels, and the path in the declaration that asks for it. */
export interface NamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cause: string;
}

/** A namespace that the federation engine makes in other clusters. */
export interface FederatedNamespaceSpec extends NamespaceSpec {
  /** Names that the engine gives the clusters, in the order of the declaration. */
  readonly placement: readonly string[];
  /** The namespaces outlive the federated one: what is in them is not only the engine's. */
  readonly isOrphaned: boolean;
}

/** An object that the federation engine makes in other clusters. */
export interface FederatedObjectSpec {
  readonly object: KubernetesObject;
  readonly placement: readonly string[];
  readonly overrides: readonly {
    readonly clusterName: string;
    readonly clusterOverrides: readonly ClusterOverride[];
  }[];
}

/** What one file holds, as data: the charts turn it into objects. */
export type Component =
  | { readonly kind: 'namespaces'; readonly namespaces: readonly NamespaceSpec[] }
  | { readonly kind: 'federatedNamespaces'; readonly namespaces: readonly FederatedNamespaceSpec[] }
  | { readonly kind: 'istioOperator'; readonly spec: IstioOperatorSpec }
  | {
      readonly kind: 'passthroughGateway';
      readonly name: string;
      readonly selector: Readonly<Record<string, string>>;
      readonly port: number;
    }
  | { readonly kind: 'federatedWorkload'; readonly objects: readonly FederatedObjectSpec[] }
  | { readonly kind: 'workload'; readonly objects: readonly KubernetesObject[] };

/** One file of a cluster's output. */
export interface PlannedFile {
  readonly cluster: string;
  readonly wave: WaveName;
  /** File name without its ending. */
  readonly name: string;
  /** Path in the declaration that causes the file, with names for positions: `clusters.member.gateway`. */
  readonly cause: string;
  readonly component: Component;
}
