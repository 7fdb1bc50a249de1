import { kubectlFor } from '../clusters/kubectl.ts';
import { clustersOfPlan } from '../plan/clusters.ts';
import { readPlan } from '../plan/read-plan.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { type Observation, observe } from './observe.ts';

/** Inputs of `discover`. */
export interface DiscoverOptions {
  /** The output whose clusters are observed. */
  readonly directory: string;
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
}

/** The clusters of an output as they were found. */
export interface Discovered {
  readonly federation: string;
  /** The declaration of the output, relative to its project. */
  readonly declaration: string;
  readonly observations: readonly Observation[];
}

/**
 * Observes every cluster of a plan, and changes none.
 *
 * @throws UserMistake when the output cannot be read
 */
export async function discover({ directory, contexts, parallel, answerSeconds }: DiscoverOptions): Promise<Discovered> {
  const plan = readPlan(directory);
  const clusters = clustersOfPlan(plan, contexts);
  const observations = await sideBySide(clusters, parallel, (cluster) =>
    observe(kubectlFor(cluster.context, answerSeconds), cluster, plan.federation),
  );
  return { federation: plan.federation, declaration: plan.declaration, observations };
}
