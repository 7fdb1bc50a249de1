import type { IstioValues } from '../../imports/istio-values.ts';
import type { IstioDialect } from '../domain/istio/dialects.ts';
import type { NamespaceSelector } from '../domain/istio/discovery-selectors.ts';
import type { Injector, Installer, SafeVariable } from '../domain/istio/releases.ts';
import type { Patch } from '../domain/json/patch.ts';
import type { CustomKind } from '../domain/kubernetes/custom-kinds.ts';
import type { KubernetesObject } from '../domain/kubernetes/object.ts';
import type { EngineFacts } from './engine.ts';
import type { Gitops } from './gitops.ts';
import type { TrustFacts } from './trust.ts';

/** The location of the control plane for a cluster's proxies. */
export type ControlPlane = PrimaryControlPlane | RemoteControlPlane;

/** A control plane of the cluster's own. Its istiod reads the configuration in the same cluster. */
export interface PrimaryControlPlane {
  readonly kind: 'primary';
  /** Clusters whose proxies it also configures. */
  readonly remotes: readonly string[];
  /** Whether it also injects the sidecars of a remote. */
  readonly injectsRemotes: boolean;
}

/** A control plane in another cluster. The address of its gateway is null until it is known. */
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
  /** Observed UID of its kube-system namespace, or null before the first observation. */
  readonly uid: string | null;
}

/** A member or the host of the federation, with every fact resolved. */
export interface Cluster extends Target {
  readonly isHost: boolean;
  /**
   * Whether the cluster is being drained: it runs no workload and no istiod reads it, but its Istio and its gateway
   * stay.
   */
  readonly isLeaving: boolean;
  /** Istio cluster ID. */
  readonly istioCluster: string;
  /** Name of the cluster in the federation engine. */
  readonly federationCluster: string;
  readonly network: string;
  readonly controlPlane: ControlPlane;
  /** Null if no other network needs a gateway here, or if another cluster of the network has the gateway. */
  readonly gateway: Gateway | null;
  readonly hasIngressGateway: boolean;
  /** `https://HOST:PORT` for the other clusters. Null means the address in the kubeconfig. */
  readonly apiServer: string | null;
  /**
   * Observed sha256 of the root certificate in its Secret istio-system/cacerts, or null before the first observation.
   */
  readonly rootFingerprint: string | null;
  readonly istio: ClusterIstio;
}

/** Istio in one cluster. */
export interface ClusterIstio {
  /** Registry and path of its images. */
  readonly hub: string;
  /** Whether the declaration sets the hub. Otherwise it is the hub of the release. */
  readonly isHubDeclared: boolean;
  /** The user's further chart values: the values of the cluster merged over those of the mesh. */
  readonly values: IstioValues;
}

/** The gateway through which other networks reach a cluster. */
export interface Gateway {
  readonly type: 'LoadBalancer' | 'NodePort' | 'ExternalIPs';
  readonly port: number;
  /** Declared or observed IP addresses and hostnames. Empty if they are known only once the load balancer exists. */
  readonly addresses: readonly string[];
  /** Annotations of its Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The address that its Service requests from the load balancer in `spec.loadBalancerIP`, or null. */
  readonly loadBalancerIp: string | null;
  /** CIDRs allowed to reach it. Empty means everyone. */
  readonly sourceRanges: readonly string[];
}

/** The differences of one object in one cluster. */
export interface WorkloadOverride {
  readonly cluster: string;
  readonly patches: readonly Patch[];
}

/** An object of a workload, the names of the clusters that get it, and the differences per cluster. */
export interface WorkloadObject {
  /** The object, with its namespace filled in. */
  readonly object: KubernetesObject;
  readonly clusters: ReadonlySet<string>;
  readonly overrides: readonly WorkloadOverride[];
  /** Whether an autoscaler in its namespace sets its replicas. No engine may reset them. */
  readonly isAutoscaled: boolean;
}

/** An application of the federation. */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly delivery: 'federated' | 'direct';
  readonly objects: readonly WorkloadObject[];
  /**
   * Its CustomResourceDefinitions, for every cluster: an engine must find them in all clusters to which it delivers.
   */
  readonly definitions: readonly KubernetesObject[];
  /** Its mesh configuration, for every primary. */
  readonly meshObjects: readonly KubernetesObject[];
  /**
   * Clusters that need the namespace: those that run the workload, those with its clients, and those with mesh
   * configuration.
   */
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
    /** Its release, or null if it has no releases to choose from. */
    readonly version: string | null;
    /** Its own API server. Null if it uses the host's API server, or none. */
    readonly api: Target | null;
    /** How the plan installs it. Null if it is already installed and the clusters have joined. */
    readonly installation: EngineInstallation | null;
  };
  readonly trust: TrustFacts;
  /** Null if `mesh-federation apply` or a script applies the output. */
  readonly gitops: Gitops | null;
  /** The kinds that manifests add to the API. */
  readonly customKinds: readonly CustomKind[];
  /** In the order of the declaration. */
  readonly clusters: readonly Cluster[];
  readonly workloads: readonly Workload[];
}

/** The engine's own chart, and the image that it runs. */
export interface EngineInstallation {
  /** Name of the chart and of its release. */
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
  /** The image with its tag. */
  readonly image: string;
  readonly pullSecrets: readonly string[];
}

/** Istio in the whole mesh. */
export interface MeshIstio {
  readonly version: string;
  /** The first and the last supported Kubernetes version: `1.32`. */
  readonly kubernetes: readonly [first: string, last: string];
  readonly dialect: IstioDialect;
  readonly installer: Installer;
  /** Helm repository of its charts. */
  readonly chartRepository: string;
  readonly meshID: string;
  /** Whether its charts write an Endpoints for the istiod of a remote's primary. Otherwise we do. */
  readonly writesEndpoints: boolean;
  /** The domain of the Services of every cluster. */
  readonly clusterDomain: string;
  /** The namespaces that istiod discovers. Empty means all. */
  readonly discoverySelectors: readonly NamespaceSelector[];
  /** Variables that the istiod of every primary gets, unless the user has set them. */
  readonly safeVariables: readonly SafeVariable[];
  /** Names of Secrets with credentials for registries. */
  readonly pullSecrets: readonly string[];
}
