import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import type { Cluster, Federation, Target } from '../../model/federation.ts';
import type { Component, FederatedNamespaceSpec, PlannedFile } from '../component.ts';
import type { Step } from '../steps/step.ts';

/** What a cluster will have of one workload, or of all namespaces. */
export interface EffectiveFile {
  readonly cluster: string;
  /** File name without its ending. */
  readonly name: string;
  readonly cause: string;
  readonly objects: readonly KubernetesObject[];
}

/** How an engine brings federated workloads to the clusters. */
export interface EnginePlan {
  /** What a cluster's directory holds for them. What is the same for all clusters is computed once. */
  readonly files: (federation: Federation) => (cluster: Cluster) => readonly PlannedFile[];
  /** What the engine's own API server gets, where it has one. */
  readonly apiFiles: (federation: Federation, api: Target) => readonly PlannedFile[];
  /** What the engine will make in a cluster, for reviewers and linters; nothing where the directory says it already. */
  readonly effective: (federation: Federation) => (cluster: Cluster) => readonly EffectiveFile[];
  /** The steps that install it and join the clusters to it, before all others of their wave. */
  readonly steps: (federation: Federation) => readonly Step[];
  /** Namespaces by themselves, on the host, for a trust that it carries; null: it carries none. */
  readonly carriedNamespaces: ((namespaces: readonly FederatedNamespaceSpec[]) => Component) | null;
}
