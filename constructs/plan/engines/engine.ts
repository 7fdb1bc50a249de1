import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import type { Cluster, Federation, Target } from '../../model/federation.ts';
import type { Component, FederatedNamespaceSpec, PlannedFile } from '../component.ts';
import type { EngineConditions } from '../conditions/engine-conditions.ts';
import type { Step } from '../steps/step.ts';

/** The objects of one workload, or of all namespaces, that a cluster will have. */
export interface EffectiveFile {
  readonly cluster: string;
  /** File name without its extension. */
  readonly name: string;
  readonly cause: string;
  readonly objects: readonly KubernetesObject[];
}

/** How an engine brings federated workloads to the clusters. */
export interface EnginePlan {
  /**
   * The files for federated workloads in the directory of a cluster. Results that are the same for all clusters are
   * computed once.
   */
  readonly files: (federation: Federation) => (cluster: Cluster) => readonly PlannedFile[];
  /** The files for the engine's own API server, if it has one. */
  readonly apiFiles: (federation: Federation, api: Target) => readonly PlannedFile[];
  /**
   * The objects that the engine will create in a cluster, for reviewers and linters. Empty if the cluster's directory
   * already shows them.
   */
  readonly effective: (federation: Federation) => (cluster: Cluster) => readonly EffectiveFile[];
  /** The steps that install the engine and join the clusters to it. They come before all others of their wave. */
  readonly steps: (federation: Federation) => readonly Step[];
  /**
   * The namespaces alone, on the host, for a trust backend that the engine carries. Null if the engine carries none.
   */
  readonly carriedNamespaces: ((namespaces: readonly FederatedNamespaceSpec[]) => Component) | null;
  /** The conditions for which a run waits, without any judgement. */
  readonly conditions: EngineConditions;
}
