import { z } from 'zod';
import { gateway } from './gateway.ts';
import { hub, values } from './istio.ts';
import { dnsLabel, dnsSubdomain, kubeContext, list, mapping, one, text } from './shapes.ts';

const controlPlane = z
  .union(
    [
      z.literal('primary'),
      mapping({
        remoteOf: dnsLabel('The primary that configures the proxies of this cluster'),
        injector: one('injector-is-known', 'primary', 'local')
          .describe('Who injects and certifies sidecars: the primary, or an istiod of this cluster as in the tutorial')
          .optional(),
      }),
    ],
    { error: 'control-plane-is-primary-or-remote' },
  )
  .describe('Where the control plane of this cluster is. Default: as the topology says');

const cluster = mapping({
  name: dnsLabel('Name of the cluster in this declaration, and of its directory in dist/'),
  role: one('role-is-known', 'host', 'member').describe('The one host runs the federation control plane'),
  state: one('state-is-known', 'active', 'leaving')
    .describe(
      'leaving: no workload and no call goes there any more; its Istio and its gateway stay until it is destroyed',
    )
    .default('active'),
  kubeContext: kubeContext.describe('Context of the kubeconfig. Default: the name').optional(),
  istioCluster: dnsLabel('Istio cluster ID. Default: the name').optional(),
  federationCluster: dnsSubdomain(
    'Name under which the federation engine knows it, that of its object for the cluster. Default: the name',
  ).optional(),
  network: dnsLabel('Istio network: clusters of one network reach each others pods directly'),
  apiServer: text('api-server-is-a-url', /^https:\/\/[\w.[\]:-]{1,253}$/)
    .describe('How the other clusters reach this API server: https://HOST:PORT')
    .optional(),
  controlPlane: controlPlane.optional(),
  gateway: gateway.optional(),
  ingressGateway: z
    .boolean('value-is-true-or-false')
    .describe('Also a gateway for callers from outside the mesh, istio-ingressgateway')
    .default(false),
  istio: mapping({ hub, values }).describe('What differs from the mesh in this cluster').default({ values: {} }),
});

/** All clusters of the federation. */
export const clusters = list(cluster).describe('All clusters; their order is kept');
