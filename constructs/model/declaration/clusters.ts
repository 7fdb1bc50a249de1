import { z } from 'zod';
import { serverPattern } from '../../domain/addresses/patterns.ts';
import { gateway } from './gateway.ts';
import { hub, values } from './istio.ts';
import { clusterName, dnsLabel, dnsSubdomain, kubeContext, list, mapping, one, text } from './shapes.ts';

const controlPlane = z
  .union(
    [
      z.literal('primary'),
      mapping({
        remoteOf: clusterName('The primary that configures the proxies of this cluster'),
        injector: one('injector-is-known', 'primary', 'local')
          .describe('Which istiod injects sidecars and issues their certificates: primary, or local as in the tutorial')
          .optional(),
      }),
    ],
    { error: 'control-plane-is-primary-or-remote' },
  )
  .meta({
    description: 'Location of the control plane of this cluster. Default: determined by the topology',
    examples: ['primary', { remoteOf: 'host' }],
  });

const cluster = mapping({
  name: dnsLabel('Name of the cluster in this declaration, and of its directory in dist/', 'member'),
  role: one('role-is-known', 'host', 'member').describe(
    'host: the one cluster that runs the federation control plane; member: every other cluster',
  ),
  state: one('state-is-known', 'active', 'leaving')
    .describe(
      'leaving: no workload runs there and no call goes there any more; its Istio and its gateway stay until mesh-federation destroy removes them',
    )
    .default('active'),
  kubeContext: kubeContext
    .meta({ description: 'Kubeconfig context. Default: the name of the cluster', examples: ['admin@member'] })
    .optional(),
  istioCluster: dnsLabel('Istio cluster ID. Default: the name of the cluster', 'cluster1').optional(),
  federationCluster: dnsSubdomain(
    'Name of the object for this cluster in the federation engine. Default: the name of the cluster',
    'member.example',
  ).optional(),
  network: dnsLabel('Istio network: clusters of one network reach the pods of each other directly', 'network1'),
  apiServer: text('api-server-is-a-url', serverPattern)
    .meta({
      description: 'URL at which the other clusters reach this API server: https://HOST:PORT',
      examples: ['https://203.0.113.10:6443'],
    })
    .optional(),
  controlPlane: controlPlane.optional(),
  gateway: gateway.optional(),
  ingressGateway: z
    .boolean('value-is-true-or-false')
    .describe('Whether the cluster also gets istio-ingressgateway, a gateway for callers outside the mesh')
    .default(false),
  istio: mapping({ hub, values })
    .meta({
      description: 'Settings of this cluster that differ from the mesh',
      examples: [{ hub: 'registry.example/istio' }],
    })
    .default({ values: {} }),
}).meta({ description: 'A cluster', examples: [{ name: 'member', role: 'member', network: 'network2' }] });

/** All clusters of the federation. */
export const clusters = list(cluster).meta({
  description: 'All clusters; their order is kept',
  examples: [
    [
      { name: 'host', role: 'host', network: 'network1' },
      { name: 'member', role: 'member', network: 'network2' },
    ],
  ],
});
