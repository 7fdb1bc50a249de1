import type { IstioDialect } from '../domain/istio-dialects.ts';
import type { ClusterOverride } from '../domain/kubefed-overrides.ts';

/** Where the control plane of a cluster's proxies is. */
export type ControlPlane = { readonly kind: 'primary' } | RemoteControlPlane;

/** A control plane in another cluster; its gateway's address is null until somebody knows it. */
export interface RemoteControlPlane {
  readonly kind: 'remote';
  readonly primary: string;
  readonly primaryAddress: string | null;
}

/** A member or the host of the federation, every fact resolved. */
export interface Cluster {
  /** DNS-1123 label; the directory of its output. */
  readonly name: string;
  readonly isHost: boolean;
  readonly kubeContext: string;
  /** Istio cluster ID. */
  readonly istioCluster: string;
  /** Name under which the federation engine knows it. */
  readonly federationCluster: string;
  readonly network: string;
  readonly controlPlane: ControlPlane;
  readonly gateway: Gateway;
  /** `https://HOST:PORT` for the other clusters, or null: as in the kubeconfig. */
  readonly apiServer: string | null;
  /** Observed UID of its kube-system namespace, or null before anybody looked. */
  readonly uid: string | null;
}

/** The gateway through which other networks reach a cluster. */
export interface Gateway {
  readonly port: number;
  /** Declared or observed IP address, or null: known only once the load balancer exists. */
  readonly address: string | null;
}

/** A plain Kubernetes object of a workload; its namespace is filled in. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [key: string]: unknown;
}

/** What differs in one cluster, for one object. */
export interface WorkloadOverride {
  readonly cluster: string;
  readonly patches: readonly ClusterOverride[];
}

/** An object of a workload with the clusters it goes to, by name, and what differs there. */
export interface WorkloadObject {
  readonly object: KubernetesObject;
  readonly clusters: ReadonlySet<string>;
  readonly overrides: readonly WorkloadOverride[];
}

/** An application of the federation. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly delivery: 'federated' | 'direct';
  readonly objects: readonly WorkloadObject[];
  /** Clusters that need the namespace: where it runs, and where its clients are. */
  readonly clusters: ReadonlySet<string>;
}

declare const resolved: unique symbol;

/** A checked declaration with its lock, all defaults and references resolved. Only `resolveFederation` makes one. */
export interface Federation {
  readonly [resolved]: true;
  readonly name: string;
  /** The declaration's file, relative to the project. */
  readonly declaration: string;
  readonly istio: { readonly version: string; readonly dialect: IstioDialect };
  readonly cacerts: 'existing' | 'federated-secret';
  /** In the order of the declaration. */
  readonly clusters: readonly Cluster[];
  readonly workloads: readonly Workload[];
}
