import { z } from 'zod';
import { clusters } from './clusters.ts';
import { istio } from './istio.ts';
import {
  chartRepository,
  dnsLabel,
  dnsSubdomain,
  exactVersion,
  kubeContext,
  list,
  mapping,
  one,
  record,
  text,
} from './shapes.ts';
import { workloads } from './workloads.ts';

// As in an image's name: what has no dot, no port and is not localhost would be a path of Docker Hub.
const registry = text(
  'registry-is-printable',
  /^(localhost(:\d{1,5})?|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|[a-z0-9-]+:\d{1,5})(\/[a-z0-9][a-z0-9._-]*)*$/,
);

/** Shape of a declaration: the single source of the types, the checks and the editors' JSON Schema. */
export const declarationSchema = mapping({
  name: dnsLabel('Name of the federation'),
  istio,
  federation: mapping({
    engine: one('engine-is-known', 'kubefed', 'karmada', 'plain').describe(
      'What brings federated workloads to the clusters; plain: they are rendered into the directory of each',
    ),
    version: exactVersion('Exact version of KubeFed').optional(),
    install: z
      .boolean('value-is-true-or-false')
      .describe('Whether the plan installs the engine on the host and joins the clusters; else both is done before')
      .default(false),
    chartRepository: chartRepository(
      'Where helm finds the chart kubefed: https://, http:// or oci://. Default: where KubeFed publishes it',
    ),
    kubeContext: kubeContext.describe('Karmada: context of its own API server in the kubeconfig').optional(),
  }).describe('The federation engine'),
  clusters,
  trust: mapping({
    cacerts: one('cacerts-is-known', 'existing', 'federated-secret')
      .describe('Who puts the Secret cacerts, with one root everywhere, into each cluster')
      .default('existing'),
  }).default({ cacerts: 'existing' }),
  images: mapping({
    registries: record(registry, registry)
      .describe('Registries, with or without a path, and what stands in for them')
      .default({}),
    pullSecrets: list(dnsSubdomain('A Secret with credentials for a registry, in every namespace that needs it'))
      .describe('Pull secrets of gateways, sidecars and workloads')
      .default([]),
  })
    .describe('Where images come from')
    .default({ registries: {}, pullSecrets: [] }),
  workloads,
});

/** A declaration whose shape is right, defaults filled in. Rules have still to check what it says. */
export type Declaration = z.output<typeof declarationSchema>;
