import type { Rules } from './rules/evidence.ts';

/** What a trust backend takes over, as data. It puts Secret istio-system/cacerts, with one root everywhere, into each cluster. */
export interface TrustFacts {
  /** As a declaration names it. */
  readonly name: string;
  /** Whether an engine carries the Secret, and the namespace that it is in, to the clusters. */
  readonly isCarried: boolean;
}

/** What the rules and the resolution need of a trust backend. */
export interface TrustModel {
  readonly facts: TrustFacts;
  /** What is wrong, or will hurt, with this backend only. */
  readonly errorRules: Rules;
  readonly warningRules: Rules;
}
