import { z } from 'zod';
import { dnsLabelPattern, dnsSubdomainPattern } from '../domain/dns-names.ts';
import type { ShapeRule } from './shape-rules.ts';

/** The port that Istio's own gateways use between networks. */
export const defaultGatewayPort = 15443;

// The message of every check is the id of a shape rule; `shape-rules.ts` holds the words that users read.
const text = (rule: ShapeRule, pattern: RegExp) => z.string(rule).regex(pattern, rule);
const one = <const T extends string>(rule: ShapeRule, ...words: readonly [T, ...T[]]) => z.enum(words, rule);

const dnsLabel = (description: string) => text('name-is-a-dns-label', dnsLabelPattern).describe(description);
const exactVersion = (description: string) =>
  text('version-is-exact', /^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/).describe(description);
// Printable Unicode without the invisible: ARNs, `@`, `:`, blanks and quotes are all in use as context names.
const kubeContext = text('kube-context-is-printable', /^(?!-)[^\p{C}\p{Zl}\p{Zp}]{1,253}$/u);
const clusterNames = (description: string) =>
  z
    .union([z.literal('all'), z.array(dnsLabel('A cluster of this declaration')).min(1, 'placement-is-all-or-names')], {
      error: 'placement-is-all-or-names',
    })
    .describe(description);

const gateway = z
  .strictObject(
    {
      type: one('gateway-type-is-known', 'LoadBalancer').describe('How other networks reach the gateway').optional(),
      address: text('gateway-address-is-printable', /^[\w.:-]{1,253}$/)
        .describe('The address that the load balancer will have: a reserved IP address')
        .optional(),
      port: z
        .int('port-is-in-range')
        .min(1, 'port-is-in-range')
        .max(65535, 'port-is-in-range')
        .describe('Port of the gateway that carries traffic from other networks')
        .default(defaultGatewayPort),
    },
    'value-is-a-mapping',
  )
  .describe('The gateway through which other networks reach this cluster');

const cluster = z.strictObject(
  {
    name: dnsLabel('Name of the cluster in this declaration, and of its directory in dist/'),
    role: one('role-is-known', 'host', 'member').describe('The one host runs the federation control plane'),
    kubeContext: kubeContext.describe('Context of the kubeconfig. Default: the name').optional(),
    istioCluster: dnsLabel('Istio cluster ID. Default: the name').optional(),
    federationCluster: text('name-is-a-dns-subdomain', dnsSubdomainPattern)
      .describe('Name of the KubeFedCluster object. Default: the name')
      .optional(),
    network: dnsLabel('Istio network: clusters of one network reach each others pods directly'),
    apiServer: text('api-server-is-a-url', /^https:\/\/[\w.[\]:-]{1,253}$/)
      .describe('How the other clusters reach this API server: https://HOST:PORT')
      .optional(),
    gateway: gateway.optional(),
  },
  'value-is-a-mapping',
);

const patch = z.strictObject(
  {
    op: one('override-op-is-known', 'add', 'remove', 'replace').describe('Default: replace').optional(),
    path: z.string('override-path-is-text').describe('JSON pointer (RFC 6901) into the manifest'),
    value: z.unknown().optional(),
  },
  'value-is-a-mapping',
);

const override = z.strictObject(
  {
    resource: text('resource-is-kind-and-name', /^[A-Z][A-Za-z0-9]*\/[A-Za-z0-9][\w.:-]{0,252}$/).describe(
      'The manifest to change, as KIND/NAME',
    ),
    patches: z.array(patch, 'value-is-a-list').min(1, 'list-is-not-empty').describe('RFC 6902 patches, in order'),
  },
  'value-is-a-mapping',
);

const workload = z.strictObject(
  {
    name: dnsLabel('Name of the workload, and of its file in dist/'),
    namespace: dnsLabel('Namespace of all its objects, with sidecar injection'),
    delivery: one('delivery-is-known', 'federated', 'direct')
      .describe('federated: by the federation engine; direct: applied to each cluster')
      .default('federated'),
    manifests: z
      .array(text('manifest-path-is-printable', /^[^\p{C}\p{Zl}\p{Zp}]{1,4096}$/u), 'value-is-a-list')
      .min(1, 'list-is-not-empty')
      .describe('Files and directories of plain Kubernetes YAML, relative to this declaration'),
    placement: clusterNames('Where it runs').default('all'),
    clients: clusterNames('Where its Services and namespace exist, for DNS').default('all'),
    overrides: z
      .record(dnsLabel('A cluster of this declaration'), z.array(override, 'value-is-a-list'), 'value-is-a-mapping')
      .describe('What differs per cluster')
      .default({}),
  },
  'value-is-a-mapping',
);

/** Shape of a declaration: the single source of the types, the checks and the editors' JSON Schema. */
export const declarationSchema = z.strictObject(
  {
    name: dnsLabel('Name of the federation'),
    istio: z
      .strictObject(
        {
          version: exactVersion('Exact Istio version; it decides the dialect'),
          installer: one('installer-is-known', 'istioctl').default('istioctl'),
          topology: one('topology-is-known', 'primary-remote')
            .describe('primary-remote: the host is the primary, every other cluster its remote')
            .default('primary-remote'),
        },
        'value-is-a-mapping',
      )
      .describe('The mesh'),
    federation: z
      .strictObject(
        {
          engine: one('engine-is-known', 'kubefed').describe('What propagates federated workloads'),
          version: exactVersion('Exact version of the engine'),
        },
        'value-is-a-mapping',
      )
      .describe('The federation engine'),
    clusters: z.array(cluster, 'value-is-a-list').describe('All clusters; their order is kept'),
    trust: z
      .strictObject(
        {
          cacerts: one('cacerts-is-known', 'existing', 'federated-secret')
            .describe('Who puts the Secret cacerts, with one root everywhere, into each cluster')
            .default('existing'),
        },
        'value-is-a-mapping',
      )
      .default({ cacerts: 'existing' }),
    workloads: z.array(workload, 'value-is-a-list').default([]),
  },
  'value-is-a-mapping',
);

/** A declaration whose shape is right, defaults filled in. Rules have still to check what it says. */
export type Declaration = z.output<typeof declarationSchema>;
