/** How a Service requests a previously reserved address from its cloud. */
export type ReservedAddress =
  /** The IP address goes to `spec.loadBalancerIP`. */
  | { readonly kind: 'field' }
  /** The IPv4 address goes to this annotation. */
  | { readonly kind: 'annotation'; readonly key: string }
  /**
   * The cloud accepts no IP address. `why` says what it accepts instead, for the user to write into the gateway's
   * annotations.
   */
  | { readonly kind: 'none'; readonly why: string };

/** Settings that the Service of a gateway needs in one cloud. */
export interface LoadBalancerPreset {
  /** Annotations that make the load balancer a public layer 4 one. Empty if that is the default. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly reservedAddress: ReservedAddress;
  /** Whether the Service's status always holds a hostname, never an IP address. */
  readonly addressIsHostname: boolean;
}

/** The clouds that have a preset, in the order in which documentation lists them. */
export const presetNames = ['ksc', 'alibaba', 'tencent', 'aws', 'gcp', 'azure'] as const;

/** The name of a cloud that has a preset. */
export type PresetName = (typeof presetNames)[number];

// A public load balancer without annotations. `ksc-loadbalancer-type: internal` makes it private, and the type cannot
// change later (docs.ksyun.com/documents/45085, as of 2026-01-05; github.com/ksc-sbt/kce-gs README).
const ksc: LoadBalancerPreset = {
  annotations: {},
  reservedAddress: {
    kind: 'none',
    why: 'KCE takes a load balancer created manually in the same VPC, as docs.ksyun.com/documents/45085 describes',
  },
  addressIsHostname: false,
};

// A public CLB without annotations (alibabacloud.com/help/document_detail/86531: address-type defaults to internet).
// `...-loadbalancer-ip` exists, but is for CLBs inside a vSwitch (cloud-provider-alibaba-cloud clbv1/loadbalancer.go).
const alibaba: LoadBalancerPreset = {
  annotations: {},
  reservedAddress: {
    kind: 'none',
    why: 'ACK takes the ID of an existing CLB: service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id',
  },
  addressIsHostname: false,
};

// A public CLB without annotations (cloud.tencent.com/document/product/457/51258). Accounts with bandwidth packages add
// `qcloud-loadbalancer-internet-charge-type` and `-max-bandwidth-out`, which only affect billing. Accounts registered
// since 2023-03-06 get hostnames whose addresses change, older accounts get fixed IPs
// (tencentcloud.com/document/product/214/53830).
const tencent: LoadBalancerPreset = {
  annotations: {},
  reservedAddress: {
    kind: 'none',
    why: 'TKE takes the ID of an existing CLB: service.kubernetes.io/tke-existed-lbid',
  },
  addressIsHostname: false,
};

const awsPrefix = 'service.beta.kubernetes.io/aws-load-balancer';

// AWS Load Balancer Controller 2.2 and newer, docs/guide/service/{nlb,annotations}.md: `external` keeps Kubernetes' own
// controller from creating a Classic ELB, and an NLB is internal by default. Targets of type instance need no VPC CNI,
// and zones without a gateway keep answering.
const aws: LoadBalancerPreset = {
  annotations: {
    [`${awsPrefix}-type`]: 'external',
    [`${awsPrefix}-nlb-target-type`]: 'instance',
    [`${awsPrefix}-scheme`]: 'internet-facing',
  },
  reservedAddress: {
    kind: 'none',
    why: `an NLB takes allocation IDs of Elastic IPs, one per subnet: ${awsPrefix}-eip-allocations`,
  },
  addressIsHostname: true,
};

// An external passthrough NLB without annotations. `networking.gke.io/load-balancer-ip-addresses` takes names of
// addresses, `spec.loadBalancerIP` the address (docs.cloud.google.com/kubernetes-engine, "LoadBalancer Service
// parameters"; cloud-provider-gcp providers/gce/gce_loadbalancer_external.go).
const gcp: LoadBalancerPreset = {
  annotations: {},
  reservedAddress: { kind: 'field' },
  addressIsHostname: false,
};

// A public load balancer without annotations; since Kubernetes 1.21 the annotation replaces `spec.loadBalancerIP`. An
// address outside the nodes' resource group also needs `azure-load-balancer-resource-group`
// (cloud-provider-azure site/content/en/topics/loadbalancer.md).
const azure: LoadBalancerPreset = {
  annotations: {},
  reservedAddress: { kind: 'annotation', key: 'service.beta.kubernetes.io/azure-load-balancer-ipv4' },
  addressIsHostname: false,
};

/**
 * An external layer 4 load balancer in front of an east-west gateway, by cloud.
 *
 * No preset sets a health check: AWS, Azure and Alibaba Cloud connect to each port, and GKE asks the nodes. Port 15021
 * need not be reachable for that.
 */
export const loadBalancerPresets: Readonly<Record<PresetName, LoadBalancerPreset>> = {
  ksc,
  alibaba,
  tencent,
  aws,
  gcp,
  azure,
};
