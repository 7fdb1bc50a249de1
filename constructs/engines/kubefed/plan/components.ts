import type { KubernetesObject } from '../../../domain/kubernetes/object.ts';
import type { EngineComponent, EngineOverride, FederatedNamespaceSpec } from '../../../plan/component.ts';
import { type BroughtKinds, broughtNamespace } from '../../../plan/steps/brought.ts';
import type { FederatedKind } from '../domain/kinds.ts';

/** Content of a file for KubeFed. */
export type KubeFedContent =
  | { readonly kind: 'federatedNamespaces'; readonly namespaces: readonly FederatedNamespaceSpec[] }
  | { readonly kind: 'federatedTypes'; readonly kinds: readonly FederatedKind[] }
  | { readonly kind: 'federatedObjects'; readonly objects: readonly FederatedObjectSpec[] };

/** An object that KubeFed creates in other clusters. */
export interface FederatedObjectSpec {
  readonly object: KubernetesObject;
  /** Names of KubeFedClusters. */
  readonly placement: readonly string[];
  readonly overrides: readonly EngineOverride[];
  /** Whether each cluster keeps its own number of replicas. */
  readonly retainsReplicas: boolean;
}

/** The kinds of Federated objects. */
export const federatedKinds: BroughtKinds = { brings: 'kinds', group: 'types.kubefed.io' };

/** FederatedNamespaces. */
export function federatedNamespaces(namespaces: readonly FederatedNamespaceSpec[]): EngineComponent<KubeFedContent> {
  const brings = namespaces.map(({ name }) => broughtNamespace(name));
  return { kind: 'engine', content: { kind: 'federatedNamespaces', namespaces }, brings };
}

/** Types that KubeFed's chart does not enable. */
export function federatedTypes(kinds: readonly FederatedKind[]): EngineComponent<KubeFedContent> {
  return { kind: 'engine', content: { kind: 'federatedTypes', kinds }, brings: [federatedKinds] };
}

/** Federated objects. */
export function federatedObjects(objects: readonly FederatedObjectSpec[]): EngineComponent<KubeFedContent> {
  return { kind: 'engine', content: { kind: 'federatedObjects', objects }, brings: [] };
}
