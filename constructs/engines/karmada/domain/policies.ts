import type { PlaintextOverride } from './plaintext.ts';

/** An object of Karmada's API server, as policies refer to it. */
export interface ResourceSelector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null for a kind without a namespace. */
  readonly namespace: string | null;
}

/** Assigns objects to clusters. */
export interface PropagationPolicySpec {
  readonly name: string;
  /** Null for a ClusterPropagationPolicy. */
  readonly namespace: string | null;
  readonly selectors: readonly ResourceSelector[];
  /** Names of the clusters in Karmada. Never empty: Karmada would then choose clusters itself. */
  readonly clusters: readonly string[];
  /** Names of the override policies that must exist first. */
  readonly dependentOverrides: readonly string[];
  /** Whether the objects stay in the clusters when the policy is deleted. */
  readonly isPreserved: boolean;
}

/** The differences of one object in some clusters. */
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
 * Keeps Karmada from creating a namespace in every present and future cluster. A policy assigns its clusters instead
 * (v1.18.2 pkg/apis/policy/v1alpha1/well_known_constants.go).
 */
export const skipAutoPropagation = { 'namespace.karmada.io/skip-auto-propagation': 'true' } as const;

/** Leaves the number of replicas to the cluster if an autoscaler sets it (v1.18.2 pkg/util/constants.go). */
export const retainReplicas = { 'resourcetemplate.karmada.io/retain-replicas': 'true' } as const;
