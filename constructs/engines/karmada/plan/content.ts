import type { KubernetesObject } from '../../../domain/kubernetes/object.ts';
import type { OverridePolicySpec, PropagationPolicySpec } from '../domain/policies.ts';

/** Content of a file for Karmada's API server: plain objects, and the policies that bring them to the clusters. */
export interface KarmadaContent {
  readonly kind: 'policedObjects';
  readonly overridePolicies: readonly OverridePolicySpec[];
  readonly propagationPolicies: readonly PropagationPolicySpec[];
  readonly objects: readonly KubernetesObject[];
}
