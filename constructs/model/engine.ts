import type { Declaration } from './declaration/declaration.ts';
import type { EngineInstallation } from './federation.ts';
import type { Rules } from './rules/evidence.ts';

/** Directory of the files for an engine's own API server. No cluster may have this name. */
export const federationDirectory = 'federation';

/** Facts about an engine, as data. An engine delivers federated workloads to the clusters. */
export interface EngineFacts {
  /** Name in a declaration. */
  readonly name: string;
  /** Name as its project spells it. */
  readonly title: string;
  /**
   * Whether the engine creates the namespaces of its workloads in the clusters. Otherwise the directory of each cluster
   * does.
   */
  readonly makesNamespaces: boolean;
  /** Whether these namespaces must exist on the host first, where the engine adopts them. */
  readonly adoptsNamespaces: boolean;
  /** Whether the engine must know the definition of every kind that is not built into Kubernetes. */
  readonly needsDefinitions: boolean;
  /** The metadata of a manifest, besides its name, that reaches the clusters. Null means all metadata. */
  readonly keptMetadata: readonly string[] | null;
  /**
   * The readers of the CA's key if the engine carried the key to the clusters, in words. Null if the engine cannot
   * carry it.
   */
  readonly carriedKeyIsReadBy: string | null;
}

/** The part of an engine that the rules and the resolution need. */
export interface EngineModel {
  readonly facts: EngineFacts;
  /** A note about the engine in the schema of the declaration, or null. */
  readonly note: string | null;
  /** The release to recommend if a declaration must choose one. Null if the engine has no releases to choose from. */
  readonly recommendedVersion: string | null;
  /**
   * An example name for the context of the engine's own API server, for advice. Null if the engine has no API server of
   * its own.
   */
  readonly exampleContext: string | null;
  readonly words: EngineWords;
  /** Whether the engine can carry a value of an override to a cluster. */
  readonly carriesValue: (value: unknown) => boolean;
  /** Why the plan cannot install a release of the engine, and the alternative. Null if the plan can install it. */
  readonly refuseInstallation: (version: string) => { readonly expected: string; readonly fix: string } | null;
  /** How the plan installs the engine, unless `refuseInstallation` refuses. Null if the plan never installs it. */
  readonly installationOf: ((declaration: Declaration) => EngineInstallation) | null;
  /** Errors and warnings with this engine only. */
  readonly errorRules: Rules;
  readonly warningRules: Rules;
}

/** The effects of some mistakes with an engine, in words for messages. */
export interface EngineWords {
  /** The cluster that should be the host. */
  readonly host: string;
  /** Why the host cannot leave. */
  readonly leavingHost: string;
  /** Effect of an API server that is declared under two names. */
  readonly sameServer: string;
  /** Effect of a port of a Service without a protocol. */
  readonly noProtocol: string;
  /** Effect of two clusters with one name. */
  readonly sameName: string;
  /** Effect of a negative index in an override's path. */
  readonly negativeIndex: string;
  /** Effect of two patches with the same path. */
  readonly repeatedPath: string;
  /** Effect of a patch whose parent is missing. */
  readonly missingParent: string;
  /** Effect of a large number, which loses digits. */
  readonly largeNumber: string;
  /** The allowed values of an override. */
  readonly value: string;
}

/** The words that are true without an engine, and for a declaration that names no known engine. */
export const anyEngine: EngineWords = {
  host: 'the cluster that is the primary of the others, or to any cluster with topology: multi-primary',
  leavingHost: 'no other cluster takes its role',
  sameServer: 'the two would overwrite and remove the objects of each other',
  noProtocol: 'a server fills in TCP, and a patch of the port would not',
  sameName: 'one of the two clusters would be lost',
  negativeIndex: 'an index below 0 names no entry of a JSON patch',
  repeatedPath: 'one of the two would be lost',
  missingParent: 'otherwise the patch cannot be applied',
  largeNumber: 'JSON loses digits',
  value: 'a string, a number, true, false, a list or a mapping',
};
