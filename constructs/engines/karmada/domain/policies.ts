import type { PlaintextOverride } from './plaintext.ts';

/** An object of Karmada's API server, as its policies name it. */
export interface ResourceSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null for a kind without one. */
  readonly namespace: string | null;
}

/** Which objects go to which clusters. */
export interface PropagationPolicySpec {
  readonly name: string;
  /** Null for a ClusterPropagationPolicy. */
  readonly namespace: string | null;
  readonly selectors: readonly ResourceSelector[];
  /** Names that Karmada gives the clusters, never none: without any it would choose by itself. */
  readonly clusters: readonly string[];
  /** Names of the override policies that must be there first. */
  readonly dependentOverrides: readonly string[];
  /** Whether the objects outlive the policy in the clusters. */
  readonly isPreserved: boolean;
}

/** What of one object differs in some clusters. */
export interface OverridePolicySpec {
  readonly name: string;
  /** Null for a ClusterOverridePolicy. */
  readonly namespace: string | null;
  readonly selector: ResourceSelector;
  readonly rules: readonly {
    readonly clusterName: string;
    readonly plaintext: readonly PlaintextOverride[];
  }[];
}

/**
 * Keeps Karmada from making a namespace in every cluster that is there or will join: a policy says where it goes
 * (v1.18.2 pkg/apis/policy/v1alpha1/well_known_constants.go).
 */
export const skipAutoPropagation = { 'namespace.karmada.io/skip-auto-propagation': 'true' } as const;

/** Leaves the number of replicas to the cluster, where an autoscaler sets it (v1.18.2 pkg/util/constants.go). */
export const retainReplicas = { 'resourcetemplate.karmada.io/retain-replicas': 'true' } as const;
