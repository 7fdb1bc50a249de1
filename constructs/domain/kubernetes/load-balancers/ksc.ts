import type { LoadBalancerPreset } from './preset.ts';

/** Kingsoft Cloud. A load balancer is public without annotations, and cannot become internal later. */
export const ksc: LoadBalancerPreset = {
  cloud: 'Kingsoft Cloud KCE',
  annotations: {},
  internal: {
    kind: 'annotations',
    annotations: { 'service.beta.kubernetes.io/ksc-loadbalancer-type': 'internal' },
  },
  reservedAddress: {
    kind: 'none',
    why: 'KCE takes a load balancer created manually in the same VPC, as docs.ksyun.com/documents/45085 describes',
  },
  answersWith: 'ip',
  documents: [{ link: 'https://docs.ksyun.com/documents/45085', dated: '2026-01-05', read: '2026-11-28' }],
};
