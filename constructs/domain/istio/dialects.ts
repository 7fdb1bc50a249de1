import { currentIstioVersions, type IstioVersions, istioVersions17 } from './configuration-kinds.ts';

/**
 * The differences in the output between Istio's two ways of joining networks, as data. One dialect is chosen per
 * federation.
 */
export interface IstioDialect {
  /**
   * `1.7`: the ingress gateway is part of the IstioOperator and networks come from `meshNetworks`. `current`: gateways
   * are separate objects and networks come from labels.
   */
  readonly name: '1.7' | 'current';
  /**
   * Whether a gateway's address may be a hostname. Since 1.13 istiod resolves hostnames (pilot/pkg/features/pilot.go).
   */
  readonly resolvesHostnames: boolean;
  /** Service ports of the gateway on which a passthrough Gateway can listen. Null means that we write the Service. */
  readonly gatewayPorts: readonly number[] | null;
  /** Whether calls to a cluster use its own gateway, if it has one, instead of any gateway of its network. */
  readonly prefersOwnGateway: boolean;
  /** Label by which a Gateway object selects the gateway's pods. */
  readonly gatewaySelector: Readonly<Record<string, string>>;
  /** `metadata.name` of the passthrough Gateway object. */
  readonly passthroughGateway: string;
  /** API version of Gateway objects. */
  readonly gatewayVersion: 'v1alpha3' | 'v1';
  /** API versions in which users may write Istio's configuration. */
  readonly versions: IstioVersions;
  /** Whether istiod reads routes of the Gateway API that lead to Services. */
  readonly readsGatewayApi: boolean;
}

/** As in the tutorial (1.7.2 manifests/profiles/default.yaml). */
export const dialect17: IstioDialect = {
  name: '1.7',
  resolvesHostnames: false,
  gatewayPorts: [443, 15443],
  prefersOwnGateway: false,
  gatewaySelector: { istio: 'ingressgateway' },
  passthroughGateway: 'cluster-aware-gateway',
  gatewayVersion: 'v1alpha3',
  versions: istioVersions17,
  readsGatewayApi: false,
};

/** As in Istio's own multi-cluster samples (1.31.0 samples/multicluster/expose-services.yaml). */
export const currentDialect: IstioDialect = {
  name: 'current',
  resolvesHostnames: true,
  gatewayPorts: null,
  prefersOwnGateway: true,
  gatewaySelector: { istio: 'eastwestgateway' },
  passthroughGateway: 'cross-network-gateway',
  gatewayVersion: 'v1',
  versions: currentIstioVersions,
  readsGatewayApi: true,
};
