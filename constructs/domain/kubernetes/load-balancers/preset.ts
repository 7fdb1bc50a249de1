/** How a Service requests a previously reserved address from its cloud. */
export type ReservedAddress =
  /** The IP address goes to `spec.loadBalancerIP`. */
  | { readonly kind: 'field' }
  /** The IP address of each family goes to the annotation of that family. */
  | { readonly kind: 'annotations'; readonly IPv4: string; readonly IPv6: string }
  /**
   * The cloud accepts no IP address. `why` says what it accepts instead, for the user to write into the gateway's
   * annotations.
   */
  | { readonly kind: 'none'; readonly why: string };

/** How a Service requests a load balancer that only connected networks reach. */
export type InternalBalancer =
  | { readonly kind: 'annotations'; readonly annotations: Readonly<Record<string, string>> }
  /** A setting of the user's cloud account belongs to it. `why` says which annotation takes it. */
  | { readonly kind: 'none'; readonly why: string };

/** The document of a cloud with which a preset was compared. */
export interface PresetDocument {
  readonly link: string;
  /** Date that the document bears (YYYY-MM-DD), or null if it bears none. */
  readonly dated: string | null;
  /** Date on which it was read (YYYY-MM-DD). */
  readonly read: string;
}

/** Settings that the Service of a gateway needs in one cloud. They never name a class of load balancers. */
export interface LoadBalancerPreset {
  /** Name of the service that reads the annotations. */
  readonly cloud: string;
  /** Annotations that make the load balancer a public layer 4 one. Empty if that is the default. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly internal: InternalBalancer;
  readonly reservedAddress: ReservedAddress;
  /** The form of the address in the Service's status. `either`: the user's account decides. */
  readonly answersWith: 'ip' | 'hostname' | 'either';
  readonly documents: readonly PresetDocument[];
}
