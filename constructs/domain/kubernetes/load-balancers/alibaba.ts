import type { LoadBalancerPreset } from './preset.ts';

/**
 * Alibaba Cloud. Without a class the Service gets a Classic Load Balancer (CLB): its newer NLB needs a class and the
 * user's own zones. An annotation `...-loadbalancer-ip` exists, but is for CLBs inside a vSwitch.
 */
export const alibaba: LoadBalancerPreset = {
  cloud: 'Alibaba Cloud ACK',
  annotations: {},
  internal: {
    kind: 'annotations',
    annotations: { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': 'intranet' },
  },
  reservedAddress: {
    kind: 'none',
    why: 'ACK takes the ID of an existing CLB: service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id',
  },
  answersWith: 'ip',
  documents: [
    {
      link: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances',
      dated: '2026-02-05',
      read: '2026-11-28',
    },
  ],
};
