import { z } from 'zod';
import type { EngineModel } from '../engine.ts';
import type { ModelSlices } from '../slices.ts';
import { clusters } from './clusters.ts';
import { makeGitopsSchema } from './gitops.ts';
import { istio } from './istio.ts';
import {
  chartRepository,
  dnsLabel,
  dnsSubdomain,
  exactVersion,
  kubeContext,
  list,
  mapping,
  oneOf,
  record,
  text,
} from './shapes.ts';
import { workloads } from './workloads.ts';

// As in the name of an image: a first part without a dot or a port, other than localhost, would be a path on Docker
// Hub.
const registry = text(
  'registry-is-printable',
  /^(localhost(:\d{1,5})?|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?|[a-z0-9-]+:\d{1,5})(\/[a-z0-9][a-z0-9._-]*)*$/,
);

/** Shape of a declaration: the single source of the types, the checks and the editors' JSON Schema. */
export const makeDeclarationSchema = ({ engines, trusts, gitops }: ModelSlices) =>
  mapping({
    name: dnsLabel('Name of the federation', 'shop'),
    istio,
    federation: makeEngineSchema(engines),
    clusters,
    trust: makeTrustSchema(trusts.map(({ facts }) => facts.name)),
    images: mapping({
      registries: record(
        registry,
        registry.meta({ description: 'The mirror, with or without a path', examples: ['mirror.example/hub'] }),
      )
        .meta({
          description: 'Registries, with or without a path, and the mirrors that replace them',
          examples: [{ 'docker.io': 'mirror.example/hub' }],
        })
        .default({}),
      pullSecrets: list(
        dnsSubdomain(
          'Name of a Secret with registry credentials; every namespace that needs the Secret must have it',
          'registry-credentials',
        ),
      )
        .meta({
          description: 'Pull secrets of gateways, sidecars and workloads',
          examples: [['registry-credentials']],
        })
        .default([]),
    })
      .meta({
        description: 'Registries and pull secrets for all images',
        examples: [{ registries: { 'docker.io': 'mirror.example/hub' } }],
      })
      .default({ registries: {}, pullSecrets: [] }),
    gitops: makeGitopsSchema(gitops).optional(),
    workloads,
  });

const titlesOf = (engines: readonly EngineModel[]): string => engines.map(({ facts }) => facts.title).join(' or ');

function makeEngineSchema(engines: readonly EngineModel[]) {
  const notes = engines.flatMap(({ facts, note }) => (note === null ? [] : [`; ${facts.name}: ${note}`]));
  const released = engines.filter(({ recommendedVersion }) => recommendedVersion !== null);
  const withApi = engines.filter(({ exampleContext }) => exampleContext !== null);
  return mapping({
    engine: oneOf(
      'engine-is-known',
      engines.map(({ facts }) => facts.name),
    ).describe(`The engine that delivers federated workloads to the clusters${notes.join('')}`),
    version: exactVersion(`Exact version of ${titlesOf(released)}`, ...versionsOf(released)).optional(),
    install: z
      .boolean('value-is-true-or-false')
      .describe('Whether the plan installs the engine on the host and joins the clusters; otherwise do both first')
      .default(false),
    chartRepository: chartRepository(
      'Helm repository with the chart of the engine: https://, http:// or oci://. Default: the repository of its project',
      'https://charts.example/engine',
    ),
    kubeContext: kubeContext
      .meta({
        description: `Kubeconfig context of the engine's own API server; only with ${titlesOf(withApi)}`,
        examples: withApi.map(({ exampleContext }) => exampleContext),
      })
      .optional(),
  }).meta({ description: 'The federation engine', examples: engines.map(exampleOf) });
}

function exampleOf({ facts, recommendedVersion, exampleContext }: EngineModel) {
  return {
    engine: facts.name,
    ...(recommendedVersion === null ? {} : { version: recommendedVersion }),
    ...(exampleContext === null ? {} : { kubeContext: exampleContext }),
  };
}

const versionsOf = (engines: readonly EngineModel[]): readonly string[] =>
  engines.flatMap(({ recommendedVersion }) => recommendedVersion ?? []);

// The first one is the default.
function makeTrustSchema(names: readonly string[]) {
  const [cacerts = ''] = names;
  return mapping({
    cacerts: oneOf('cacerts-is-known', names)
      .describe('Source of the Secret cacerts in each cluster, with one root for all clusters')
      .default(cacerts),
  })
    .meta({ description: 'Trust between the clusters', examples: names.map((name) => ({ cacerts: name })) })
    .default({ cacerts });
}

/** A declaration with the right shape and all defaults filled in. Rules still have to check its content. */
export type Declaration = z.output<ReturnType<typeof makeDeclarationSchema>>;
