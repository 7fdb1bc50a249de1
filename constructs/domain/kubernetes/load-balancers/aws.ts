import type { LoadBalancerPreset } from './preset.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer';

const withScheme = (scheme: string): LoadBalancerPreset['annotations'] => ({
  [`${prefix}-type`]: 'external',
  [`${prefix}-nlb-target-type`]: 'instance',
  [`${prefix}-scheme`]: scheme,
});

/**
 * A Network Load Balancer, by the AWS Load Balancer Controller (2.2 and newer) or by EKS Auto Mode: both read these
 * annotations. Type `external` keeps Kubernetes' own controller from creating a Classic ELB. An NLB is internal by
 * default. Targets of type instance need no VPC CNI, and zones without a gateway keep answering.
 *
 * No class is named: Auto Mode sets `eks.amazonaws.com/nlb` itself and the controller's webhook
 * `service.k8s.aws/nlb`, on new Services only, and the field cannot change later.
 */
export const aws: LoadBalancerPreset = {
  cloud: 'AWS EKS',
  annotations: withScheme('internet-facing'),
  internal: { kind: 'annotations', annotations: withScheme('internal') },
  reservedAddress: {
    kind: 'none',
    why: `an NLB takes allocation IDs of Elastic IPs, one per subnet: ${prefix}-eip-allocations`,
  },
  answersWith: 'hostname',
  documents: [
    {
      link: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html',
      dated: null,
      read: '2026-11-28',
    },
    {
      link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
      dated: null,
      read: '2026-11-28',
    },
  ],
};
