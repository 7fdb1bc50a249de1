import type { LoadBalancerPreset } from './preset.ts';

/**
 * A passthrough NLB. `l4-rbs` makes a public one of backend services: GKE recommends it, and the older one of target
 * pools has no IPv6. GKE reads it only when it creates the load balancer.
 *
 * An internal one answers its own region only, unless global access is allowed: gateways of other regions are callers.
 *
 * `networking.gke.io/load-balancer-ip-addresses` takes names of addresses, `spec.loadBalancerIP` the address.
 */
export const gcp: LoadBalancerPreset = {
  cloud: 'Google GKE',
  annotations: { 'cloud.google.com/l4-rbs': 'enabled' },
  internal: {
    kind: 'annotations',
    annotations: {
      'networking.gke.io/load-balancer-type': 'Internal',
      'networking.gke.io/internal-load-balancer-allow-global-access': 'true',
    },
  },
  reservedAddress: { kind: 'field' },
  answersWith: 'ip',
  documents: [
    {
      link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters',
      dated: null,
      read: '2026-11-28',
    },
    {
      link: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer',
      dated: null,
      read: '2026-11-28',
    },
  ],
};
