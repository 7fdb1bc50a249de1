/** A port of a gateway: the port of the Service and the port on which its pods listen. */
export interface GatewayPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
}

/** A gateway of current Istio: a Deployment that the injector completes, and the objects that belong to it. */
export interface GatewaySpec {
  /** Name of all its objects. */
  readonly name: string;
  /** Labels by which Gateway objects select its pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly network: string;
  /** The network whose endpoints the gateway sees. Null means the endpoints of every network. */
  readonly requestedNetworkView: string | null;
  readonly pullSecrets: readonly string[];
  readonly service: GatewayService;
}

/** The Service of a gateway. */
export interface GatewayService {
  readonly type: 'LoadBalancer' | 'NodePort' | 'ClusterIP';
  readonly annotations: Readonly<Record<string, string>>;
  readonly externalIps: readonly string[];
  readonly loadBalancerIp: string | null;
  readonly sourceRanges: readonly string[];
  /** Empty: the default of the cluster applies. */
  readonly ipFamilies: readonly ('IPv4' | 'IPv6')[];
  /** Labels that istiod reads. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly GatewayPort[];
}
