import type { Rules } from './rules/evidence.ts';

/**
 * Facts about a trust backend, as data. It puts Secret istio-system/cacerts into each cluster, with one root for all
 * clusters.
 */
export interface TrustFacts {
  /** Name in a declaration. */
  readonly name: string;
  /** Whether an engine carries the Secret and its namespace to the clusters. */
  readonly isCarried: boolean;
}

/** The part of a trust backend that the rules and the resolution need. */
export interface TrustModel {
  readonly facts: TrustFacts;
  /** Errors and warnings with this backend only. */
  readonly errorRules: Rules;
  readonly warningRules: Rules;
}
