import { alibaba } from './alibaba.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { gcp } from './gcp.ts';
import { ksc } from './ksc.ts';
import type { LoadBalancerPreset } from './preset.ts';
import { tencent } from './tencent.ts';

/** The clouds that have a preset, in the order in which documentation lists them. */
export const presetNames = ['ksc', 'alibaba', 'tencent', 'aws', 'gcp', 'azure'] as const;

/** The name of a cloud that has a preset. */
export type PresetName = (typeof presetNames)[number];

/**
 * A layer 4 load balancer in front of an east-west gateway, by cloud.
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
