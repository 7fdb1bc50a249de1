import type { LoadBalancerPreset } from './preset.ts';

const prefix = 'service.beta.kubernetes.io/azure-load-balancer';

/**
 * A public load balancer without annotations. Since Kubernetes 1.21 the annotations replace `spec.loadBalancerIP`. An
 * address outside the nodes' resource group also needs `azure-load-balancer-resource-group`.
 */
export const azure: LoadBalancerPreset = {
  cloud: 'Azure AKS',
  annotations: {},
  internal: { kind: 'annotations', annotations: { [`${prefix}-internal`]: 'true' } },
  reservedAddress: { kind: 'annotations', IPv4: `${prefix}-ipv4`, IPv6: `${prefix}-ipv6` },
  answersWith: 'ip',
  documents: [
    { link: 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer', dated: null, read: '2026-11-28' },
    { link: 'https://learn.microsoft.com/en-us/azure/aks/internal-lb', dated: null, read: '2026-11-28' },
  ],
};
