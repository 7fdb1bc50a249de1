import type { ApiServer } from './api/api-server.ts';

/** A cluster as a test describes it. */
export interface ClusterDescription {
  /** @default - one that no other cluster has */
  readonly uid?: string;
  /** URL of the API server in the kubeconfig. @default - one that no other cluster has */
  readonly url?: string;
  /** URLs at which others reach it, too: those of its declaration. @default - none */
  readonly otherUrls?: readonly string[];
  /** @default v1.34.4 */
  readonly version?: string;
  /** Address that load balancers give; null means that they give none. @default - one that no other cluster has */
  readonly address?: string | null;
  /** Manifests, as YAML or objects, that it holds at the start. @default - none */
  readonly holds?: readonly (string | object)[];
  /** Deployments that never become available, as `namespace/name`. @default - none */
  readonly unavailable?: readonly string[];
  /** What `auth can-i` says for `VERB RESOURCE NAMESPACE`. @default - yes to everything */
  readonly may?: (right: string) => boolean;
  /** Whether it is the API server of Karmada, which runs no pods. @default - false */
  readonly isKarmada?: boolean;
}

/** A cluster, with everything that it holds. */
export interface FakeCluster {
  readonly context: string;
  readonly server: ApiServer;
  readonly url: string;
  readonly otherUrls?: readonly string[];
  readonly version: string;
  /** Tests may change it: a load balancer that gives an address later. */
  address: string | null;
  /** Tests may change it. */
  unavailable: readonly string[];
  /** Controllers that do nothing, by their names. Tests may change it. */
  readonly paused: Set<string>;
  may: (right: string) => boolean;
  readonly isKarmada: boolean;
}

/** All clusters, by their contexts. */
export interface World {
  readonly clusters: ReadonlyMap<string, FakeCluster>;
  /** The cluster with a URL of an API server. */
  readonly at: (url: string) => FakeCluster | undefined;
}
