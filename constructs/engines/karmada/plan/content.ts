import type { KubernetesObject } from '../../../domain/kubernetes/object.ts';
import type { OverridePolicySpec, PropagationPolicySpec } from '../domain/policies.ts';

/** What a file for Karmada's API server holds: objects as they are, and the policies that bring them to the clusters. */
export interface KarmadaContent {
  readonly kind: 'policedObjects';
  readonly overridePolicies: readonly OverridePolicySpec[];
  readonly propagationPolicies: readonly PropagationPolicySpec[];
  readonly objects: readonly KubernetesObject[];
}
