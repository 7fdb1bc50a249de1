import type { LoadBalancerPreset } from './preset.ts';

/**
 * Tencent Cloud. A CLB is public without annotations. Accounts with bandwidth packages add
 * `qcloud-loadbalancer-internet-charge-type` and `-max-bandwidth-out`, which only affect billing. Accounts registered
 * since 2023-03-06 get hostnames whose addresses change, older accounts get fixed IPs, so the preset cannot say which.
 */
export const tencent: LoadBalancerPreset = {
  cloud: 'Tencent Cloud TKE',
  annotations: {},
  internal: {
    kind: 'none',
    why: 'TKE takes the ID of a subnet: service.kubernetes.io/qcloud-loadbalancer-internal-subnetid',
  },
  reservedAddress: {
    kind: 'none',
    why: 'TKE takes the ID of an existing CLB: service.kubernetes.io/tke-existed-lbid',
  },
  answersWith: 'either',
  documents: [
    { link: 'https://cloud.tencent.com/document/product/457/51258', dated: '2025-05-26', read: '2026-11-28' },
    { link: 'https://www.tencentcloud.com/document/product/214/53830', dated: null, read: '2026-11-22' },
  ],
};
