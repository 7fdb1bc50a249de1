import type { FederatedCacertsStep, InstallEngineStep, JoinStep } from '../../constructs/plan/steps/step.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { PlannedObject } from '../plan/planned-objects.ts';
import type { Run, Tell } from '../run/run.ts';

/** Why a condition does not hold yet; null if it holds. */
export type Waiting = string | null;

/** How an engine takes its own steps, and which conditions it has. */
export interface EngineSteps {
  readonly install: (run: Run, step: InstallEngineStep, tell: Tell) => Promise<void>;
  readonly join: (run: Run, step: JoinStep, tell: Tell) => Promise<void>;
  /** Has the engine deliver the CA of its host to every cluster. */
  readonly carryCacerts: (run: Run, step: FederatedCacertsStep, tell: Tell) => Promise<void>;
  /** Whether the engine knows the kinds that were applied, besides the API server that serves them. */
  readonly typesWait: (cluster: Cluster, objects: readonly PlannedObject[]) => Promise<Waiting>;
  /** Whether every cluster has the current state of the objects. */
  readonly propagationWaits: (cluster: Cluster, objects: readonly PlannedObject[]) => Promise<Waiting>;
  /** Whether the engine reaches a cluster that has joined. */
  readonly registrationWaits: (cluster: Cluster, step: JoinStep) => Promise<Waiting>;
}
