import type { RawManifest } from './expand-lists.ts';
import type { ManifestEntry } from './read-manifests.ts';

/** A Kubernetes object of a workload, as written. */
export interface Manifest {
  /** Position of the workload in the declaration. */
  readonly workload: number;
  readonly entry: ManifestEntry;
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly isNamespaced: boolean;
  /** Whether istiod reads it, and only in its own cluster: it goes to every primary and to no other cluster. */
  readonly configuresTheMesh: boolean;
  readonly object: Readonly<Record<string, unknown>>;
  readonly raw: RawManifest;
}
