import { z } from 'zod';
import { addressPattern, rangePattern } from '../../domain/addresses/patterns.ts';
import { presetNames } from '../../domain/kubernetes/load-balancers/presets.ts';
import { list, mapping, one, record, text } from './shapes.ts';

/** The port that Istio's own gateways use between networks. */
export const defaultGatewayPort = 15443;

const address = text('gateway-address-is-printable', addressPattern).meta({
  description: 'An IP address or a hostname, without a port',
  examples: ['203.0.113.10', 'lb.example.com'],
});

const declaredGateway = mapping({
  type: one('gateway-type-is-known', 'LoadBalancer', 'NodePort', 'ExternalIPs')
    .describe('How other networks reach the gateway')
    .default('LoadBalancer'),
  address: z
    .union([address, z.array(address).min(1, 'gateway-address-is-printable')], {
      error: 'gateway-address-is-printable',
    })
    .meta({
      description: 'Address of the gateway: a reserved IP address, a hostname, or several addresses for dual stack',
      examples: ['203.0.113.10', 'lb.example.com', ['203.0.113.10', '2001:db8::10']],
    })
    .optional(),
  port: z
    .int('port-is-in-range')
    .min(1, 'port-is-in-range')
    .max(65535, 'port-is-in-range')
    .describe('Port of the gateway that carries traffic from other networks')
    .default(defaultGatewayPort),
  preset: one('preset-is-known', ...presetNames)
    .describe('Set of annotations for the load balancer of a cloud provider. Default: none')
    .optional(),
  internal: z
    .boolean('value-is-true-or-false')
    .describe('With preset: a load balancer that only connected networks reach (peering, VPN), with a private address')
    .default(false),
  annotations: record(
    text(
      'annotation-key-is-qualified',
      /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
    ),
    z.string('annotation-is-text').meta({ description: 'Value of the annotation, as text', examples: ['true'] }),
  )
    .meta({
      description: 'Further annotations of the Service of the gateway',
      examples: [{ 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' }],
    })
    .default({}),
  sourceRanges: list(
    text('source-range-is-a-cidr', rangePattern).meta({
      description: 'A range of addresses: ADDRESS/BITS',
      examples: ['198.51.100.0/24'],
    }),
  )
    .meta({
      description: 'CIDRs allowed to reach the load balancer. Default: everyone',
      examples: [['198.51.100.0/24', '2001:db8::/32']],
    })
    .default([]),
});

/** The gateway of a cluster, or `none`. */
export const gateway = z.union([z.literal('none'), declaredGateway], { error: 'gateway-is-none-or-a-mapping' }).meta({
  description:
    'The gateway through which other networks reach this cluster; none: another cluster of the network has the gateway',
  examples: [{ address: '203.0.113.10' }, 'none'],
});
