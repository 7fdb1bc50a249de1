import type { Federation, Target } from '../../model/federation.ts';
import type { AppliedObject, Condition } from './condition.ts';

/** How an engine shows that it is ready, and that it has delivered. */
export interface EngineConditions {
  /** The conditions that hold once the engine that the plan installs runs on its host. */
  readonly installed: (host: Target) => readonly Condition[];
  /**
   * The conditions that hold while the engine at a target reaches a cluster.
   *
   * @param cluster the engine's name for the cluster
   * @param apiServer URL of its API server for the engine, or null for any
   */
  readonly registered: (at: Target, cluster: string, apiServer: string | null) => readonly Condition[];
  /** The conditions that hold once the engine delivers objects of a kind, which an applied object adds or enables. */
  readonly typeEnabled: (federation: Federation, at: Target, object: AppliedObject) => readonly Condition[];
  /** The conditions that hold once an applied object has arrived in all of its clusters. */
  readonly propagated: (federation: Federation, at: Target, object: AppliedObject) => readonly Condition[];
}

/** No engine: there is nothing to wait for. */
export const noEngineConditions: EngineConditions = {
  installed: () => [],
  registered: () => [],
  typeEnabled: () => [],
  propagated: () => [],
};
