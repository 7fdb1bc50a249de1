import type { Declaration } from './declaration/declaration.ts';
import type { EngineInstallation } from './federation.ts';
import type { Rules } from './rules/evidence.ts';

/** Directory of what the API server of an engine's own gets; no cluster may have this name. */
export const federationDirectory = 'federation';

/** What an engine takes over, as data. An engine is who brings federated workloads to the clusters. */
export interface EngineFacts {
  /** As a declaration names it. */
  readonly name: string;
  /** As its project spells it. */
  readonly title: string;
  /** Whether it makes the namespaces of its workloads in the clusters; else each cluster's directory does. */
  readonly makesNamespaces: boolean;
  /** Whether the host has to have these namespaces first: it adopts them there. */
  readonly adoptsNamespaces: boolean;
  /** Whether it has to be told of every kind that Kubernetes does not have. */
  readonly needsDefinitions: boolean;
  /** What of a manifest's metadata, beside its name, reaches the clusters; null: all of it. */
  readonly keptMetadata: readonly string[] | null;
  /** Who could read the key of the CA if the engine carried it to the clusters, in words; null: it cannot carry it. */
  readonly carriedKeyIsReadBy: string | null;
}

/** What the rules and the resolution need of an engine. */
export interface EngineModel {
  readonly facts: EngineFacts;
  /** What the declaration's schema says of it beside its name, or null. */
  readonly note: string | null;
  /** The release to recommend where a declaration has to choose one; null: it has none to choose from. */
  readonly recommendedVersion: string | null;
  /** What the context of its own API server may be called, for advice; null: it has none, and uses the host's if any. */
  readonly exampleContext: string | null;
  readonly words: EngineWords;
  /** Whether it can carry a value of an override to a cluster. */
  readonly carriesValue: (value: unknown) => boolean;
  /** Why the plan cannot install a release of it, and what to do instead; null: it can. */
  readonly refuseInstallation: (version: string) => { readonly expected: string; readonly fix: string } | null;
  /** How the plan installs it, where nothing refuses that; null: never. */
  readonly installationOf: ((declaration: Declaration) => EngineInstallation) | null;
  /** What is wrong, or will hurt, with this engine only. */
  readonly errorRules: Rules;
  readonly warningRules: Rules;
}

/** What some mistakes come to with an engine, as rules tell it. */
export interface EngineWords {
  /** Of two clusters of one name. */
  readonly sameName: string;
  /** Of an override's path with an index below 0. */
  readonly negativeIndex: string;
  /** Of a path that two patches have. */
  readonly repeatedPath: string;
  /** Of a patch whose parent is missing. */
  readonly missingParent: string;
  /** What loses the digits of a large number. */
  readonly largeNumber: string;
  /** What the value of an override may be. */
  readonly value: string;
}

/** The words where a declaration names no engine that there is. */
export const anyEngine: EngineWords = {
  sameName: 'the engine keeps one object per name',
  negativeIndex: 'no engine counts from the end',
  repeatedPath: 'one of the two would be lost',
  missingParent: 'otherwise the engine cannot apply the patch',
  largeNumber: 'JSON loses digits',
  value: 'a string, a number, true, false, a list or a mapping',
};
