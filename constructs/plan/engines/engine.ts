import type { Cluster, Federation, KubernetesObject, Target } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';

/** What a cluster will have of one workload, or of all namespaces. */
export interface EffectiveFile {
  readonly cluster: string;
  /** File name without its ending. */
  readonly name: string;
  readonly cause: string;
  readonly objects: readonly KubernetesObject[];
}

/** How federated workloads reach the clusters. One file per engine. */
export interface Engine {
  /** What a cluster's directory holds for them. What is the same for all clusters is computed once. */
  readonly files: (federation: Federation) => (cluster: Cluster) => readonly PlannedFile[];
  /** What the engine's own API server gets, where it has one. */
  readonly apiFiles: (federation: Federation, api: Target) => readonly PlannedFile[];
  /** What the engine will make in a cluster, for reviewers and linters; nothing where the directory says it already. */
  readonly effective: (federation: Federation) => (cluster: Cluster) => readonly EffectiveFile[];
}
