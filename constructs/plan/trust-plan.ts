import type { Cluster, Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import type { EnginePlan } from './engines/engine.ts';
import type { Step } from './steps/step.ts';

/** How a trust backend puts Secret istio-system/cacerts into the clusters. */
export interface TrustPlan {
  /** Whether the Secret exists as soon as its namespace does. If so, the wave of the namespaces waits for it. */
  readonly isReadyWithNamespace: boolean;
  /** Its files in the directory of a cluster. */
  readonly files: (federation: Federation, cluster: Cluster, engine: EnginePlan) => readonly PlannedFile[];
  /** Its steps that apply no files. They come after all others of their wave. */
  readonly steps: (federation: Federation) => readonly Step[];
}
