/** What differs between Istio releases, as data. Chosen once from `istio.version`; nothing later asks for a version. */
export interface IstioDialect {
  /** `1.7`: the ingress gateway is part of the IstioOperator and networks come from `meshNetworks`. */
  readonly name: '1.7';
  /** Supported Kubernetes minors, first and last (istio.io data/compatibility/supportStatus.yml; ISTIO 1.7 ran to 1.21
   * in practice: its webhooks are admissionregistration v1beta1, gone in 1.22). */
  readonly kubernetesMinors: readonly [first: number, last: number];
  /** Last day of upstream support, or null while it is supported. */
  readonly endOfLife: string;
  /** Service ports of the gateway that a passthrough Gateway can listen on (1.7.2 manifests/profiles/default.yaml). */
  readonly gatewayPorts: readonly number[];
  /** Namespace and name of the Service through which other networks are reached, as istiod looks it up. */
  readonly gatewayService: string;
  /** Label by which a Gateway object selects the gateway's pods. */
  readonly gatewaySelector: Readonly<Record<string, string>>;
  /** `metadata.name` of the passthrough Gateway object. */
  readonly passthroughGateway: string;
}

const dialect17: IstioDialect = {
  name: '1.7',
  kubernetesMinors: [16, 21],
  endOfLife: '2021-02-25',
  gatewayPorts: [443, 15443],
  gatewayService: 'istio-ingressgateway.istio-system.svc.cluster.local',
  gatewaySelector: { istio: 'ingressgateway' },
  passthroughGateway: 'cluster-aware-gateway',
};

/** Newest patch release of every supported Istio minor, with the dialect it speaks. */
export const istioMinors: Readonly<Record<string, { readonly newestPatch: number; readonly dialect: IstioDialect }>> = {
  '1.7': { newestPatch: 8, dialect: dialect17 },
};

/** The dialect of an exact Istio version, or null where that version is not supported. */
export function findIstioDialect(version: string): IstioDialect | null {
  const [major, minor, patch] = version.split('.');
  const row = istioMinors[`${major}.${minor}`];
  return row !== undefined && Number(patch) <= row.newestPatch ? row.dialect : null;
}
