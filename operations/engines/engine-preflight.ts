import type { JoinStep } from '../../constructs/plan/steps/step.ts';
import type { Answer } from '../clusters/answer.ts';
import type { Kubectl } from '../clusters/kubectl.ts';
import type { Problem } from '../clusters/problem.ts';
import type { ServedKind } from '../clusters/served-kinds.ts';

/** What is asked about an engine before the first change. */
export interface EnginePreflight {
  /** Name as its project spells it. */
  readonly title: string;
  /** How a server gets the engine's kinds. */
  readonly howToGet: string;
  /** Plural and group of the kind by which the CA is carried to the clusters. Null if the engine does not carry it. */
  readonly carrierOfCacerts: string | null;
  /** The kind by which the engine knows a cluster. */
  readonly registration: { readonly group: string; readonly kind: string };
  /**
   * The clusters that the engine knows, by one question for many: all, or at least those of some names.
   *
   * @param kind the kind by which it knows them, as the server serves it
   */
  readonly readRegistrations: (
    kubectl: Kubectl,
    kind: ServedKind,
    names: readonly string[],
  ) => Promise<Answer<readonly Registration[]>>;
  /** The problems of a cluster that is about to join. Null if clusters do not join by a step of a plan. */
  readonly checkJoin: ((join: Joining) => readonly Problem[]) | null;
}

/** A cluster as an engine knows it. */
export interface Registration {
  readonly name: string;
  /** Status of its condition Ready. Null without one. */
  readonly ready: string | null;
  /** URL of its API server, as the engine calls it; hostile. Null without one. */
  readonly endpoint: string | null;
}

/** A cluster that is about to join an engine. */
export interface Joining {
  readonly joining: JoinStep['joining'];
  /** URL of its API server in the kubeconfig. */
  readonly server: string;
  readonly registrations: readonly Registration[];
}
