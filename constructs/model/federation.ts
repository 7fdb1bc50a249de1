import type { IstioValues } from '../../imports/istio-values.ts';
import type { IstioDialect } from '../domain/istio/dialects.ts';
import type { Injector, Installer, SafeVariable } from '../domain/istio/releases.ts';
import type { Patch } from '../domain/json/patch.ts';
import type { CustomKind } from '../domain/kubernetes/custom-kinds.ts';
import type { KubernetesObject } from '../domain/kubernetes/object.ts';
import type { EngineFacts } from './engine.ts';
import type { TrustFacts } from './trust.ts';

/** Where the control plane of a cluster's proxies is. */
export type ControlPlane = PrimaryControlPlane | RemoteControlPlane;

/** A control plane of the cluster's own; its istiod reads the configuration that is in the cluster. */
export interface PrimaryControlPlane {
  readonly kind: 'primary';
  /** Clusters whose proxies it configures, too. */
  readonly remotes: readonly string[];
  /** Whether it also injects the sidecars of one of them. */
  readonly injectsRemotes: boolean;
}

/** A control plane in another cluster; its gateway's address is null until somebody knows it. */
export interface RemoteControlPlane {
  readonly kind: 'remote';
  readonly primary: string;
  /** Istio cluster ID of the primary. */
  readonly primaryIstioCluster: string;
  readonly primaryAddress: string | null;
  readonly injector: Injector;
}

/** An API server that files are applied to. */
export interface Target {
  /** DNS-1123 label; the directory of its output. */
  readonly name: string;
  readonly kubeContext: string;
  /** Observed UID of its kube-system namespace, or null before anybody looked. */
  readonly uid: string | null;
}

/** A member or the host of the federation, every fact resolved. */
export interface Cluster extends Target {
  readonly isHost: boolean;
  /** Whether it is being drained: it has no workload and nobody reads it; its Istio and its gateway stay. */
  readonly isLeaving: boolean;
  /** Istio cluster ID. */
  readonly istioCluster: string;
  /** Name under which the federation engine knows it. */
  readonly federationCluster: string;
  readonly network: string;
  readonly controlPlane: ControlPlane;
  /** Null where no other network needs one, or where another cluster of the network has it. */
  readonly gateway: Gateway | null;
  readonly hasIngressGateway: boolean;
  /** `https://HOST:PORT` for the other clusters, or null: as in the kubeconfig. */
  readonly apiServer: string | null;
  /** Observed sha256 of the root certificate in its Secret istio-system/cacerts, or null before anybody looked. */
  readonly rootFingerprint: string | null;
  readonly istio: ClusterIstio;
}

/** Istio in one cluster. */
export interface ClusterIstio {
  /** Registry and path of its images. */
  readonly hub: string;
  /** Whether the hub was asked for, or is the one of the release. */
  readonly isHubDeclared: boolean;
  /** The user's further chart values: those of the mesh with those of the cluster over them. */
  readonly values: IstioValues;
}

/** The gateway through which other networks reach a cluster. */
export interface Gateway {
  readonly type: 'LoadBalancer' | 'NodePort' | 'ExternalIPs';
  readonly port: number;
  /** Declared or observed IP addresses and hostnames; empty: known only once the load balancer exists. */
  readonly addresses: readonly string[];
  /** Annotations of its Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What its Service asks the load balancer for in `spec.loadBalancerIP`, or null. */
  readonly loadBalancerIp: string | null;
  /** Who may reach it, as CIDRs; empty: everybody. */
  readonly sourceRanges: readonly string[];
}

/** What differs in one cluster, for one object. */
export interface WorkloadOverride {
  readonly cluster: string;
  readonly patches: readonly Patch[];
}

/** An object of a workload with the clusters it goes to, by name, and what differs there. */
export interface WorkloadObject {
  /** Its namespace is filled in. */
  readonly object: KubernetesObject;
  readonly clusters: ReadonlySet<string>;
  readonly overrides: readonly WorkloadOverride[];
  /** Whether an autoscaler of its namespace sets its replicas: no engine may set them back. */
  readonly isAutoscaled: boolean;
}

/** An application of the federation. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly delivery: 'federated' | 'direct';
  readonly objects: readonly WorkloadObject[];
  /** Its CustomResourceDefinitions, for every cluster: an engine has to find them in all it delivers to. */
  readonly definitions: readonly KubernetesObject[];
  /** Its configuration of the mesh, for every primary. */
  readonly meshObjects: readonly KubernetesObject[];
  /** Clusters that need the namespace: where it runs, where its clients are, and where the mesh is configured. */
  readonly clusters: ReadonlySet<string>;
}

declare const resolved: unique symbol;

/** A checked declaration with its lock, all defaults and references resolved. Only `resolveFederation` makes one. */
export interface Federation {
  readonly [resolved]: true;
  readonly name: string;
  /** The declaration's file, relative to the project. */
  readonly declaration: string;
  readonly istio: MeshIstio;
  readonly engine: EngineFacts & {
    /** Its release, or null: it has none to choose from. */
    readonly version: string | null;
    /** Its own API server, or null where it uses the host's, or none. */
    readonly api: Target | null;
    /** How the plan installs it, or null: it is there, and the clusters have joined. */
    readonly installation: EngineInstallation | null;
  };
  readonly trust: TrustFacts;
  /** The kinds that manifests add to the API. */
  readonly customKinds: readonly CustomKind[];
  /** In the order of the declaration. */
  readonly clusters: readonly Cluster[];
  readonly workloads: readonly Workload[];
}

/** The engine's own chart, and what it runs. */
export interface EngineInstallation {
  /** Name of the chart, and of its release. */
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
  /** With its tag. */
  readonly image: string;
  readonly pullSecrets: readonly string[];
}

/** Istio in the whole mesh. */
export interface MeshIstio {
  readonly version: string;
  /** The first and the last Kubernetes that it is supported on: `1.32`. */
  readonly kubernetes: readonly [first: string, last: string];
  readonly dialect: IstioDialect;
  readonly installer: Installer;
  /** Where helm finds its charts. */
  readonly chartRepository: string;
  readonly meshID: string;
  /** Variables that every primary's istiod gets, unless the user has set them. */
  readonly safeVariables: readonly SafeVariable[];
  /** Names of Secrets with credentials for registries. */
  readonly pullSecrets: readonly string[];
}
