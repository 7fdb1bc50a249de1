import type { Cluster, Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import type { EnginePlan } from './engines/engine.ts';
import type { Step } from './steps/step.ts';
import type { GateName } from './waves.ts';

/** How a trust backend puts Secret istio-system/cacerts into the clusters. */
export interface TrustPlan {
  /** What must hold before the wave after the namespaces; null: the Secret comes only later. */
  readonly foundationGate: GateName | null;
  /** What a cluster's directory holds for it. */
  readonly files: (federation: Federation, cluster: Cluster, engine: EnginePlan) => readonly PlannedFile[];
  /** Its steps that are no files, after all others of their wave. */
  readonly steps: (federation: Federation) => readonly Step[];
}
