import { z } from 'zod';
import { clusterName, clusterNames, dnsLabel, list, mapping, one, record, text } from './shapes.ts';

const patch = mapping({
  op: one('override-op-is-known', 'add', 'remove', 'replace')
    .describe('What the patch does with the value at the path. Default: replace')
    .optional(),
  path: z
    .string('override-path-is-text')
    .meta({ description: 'JSON pointer (RFC 6901) into the manifest', examples: ['/spec/replicas'] }),
  value: z
    .unknown()
    .meta({ description: 'The new value; none with remove', examples: [2] })
    .optional(),
}).meta({ description: 'A patch (RFC 6902)', examples: [{ path: '/spec/minReadySeconds', value: 5 }] });

const texts = (description: string, example: Readonly<Record<string, string>>) =>
  record(
    z.string('value-is-a-mapping'),
    z
      .string('field-is-text')
      .meta({ description: 'Text; in quotes if it is a number', examples: Object.values(example) }),
  ).meta({
    description,
    examples: [example],
  });
const byContainer = <T extends z.ZodType>(value: T, description: string, example: unknown) =>
  record(dnsLabel('A container of the manifest', 'helloworld'), value).meta({
    description,
    examples: [{ helloworld: example }],
  });
const amounts = (description: string) =>
  record(
    text('resource-name-is-qualified', /^[a-z0-9][a-z0-9./-]{0,252}$/),
    z.string('field-is-text').meta({ description: 'A quantity, as text', examples: ['500m', '1Gi'] }),
  ).meta({ description, examples: [{ cpu: '500m', memory: '1Gi' }] });

const override = mapping({
  resource: text('resource-is-kind-and-name', /^[A-Z][A-Za-z0-9]*\/[A-Za-z0-9][\w.:-]{0,252}$/).meta({
    description: 'The manifest to change, as KIND/NAME',
    examples: ['Deployment/helloworld'],
  }),
  replicas: z
    .int('replicas-is-a-count')
    .min(0, 'replicas-is-a-count')
    .max(2147483647, 'replicas-is-a-count')
    .meta({ description: 'Number of pods', examples: [3] })
    .optional(),
  images: byContainer(
    z
      .string('field-is-text')
      .min(1, 'field-is-text')
      .meta({ description: 'An image, with its tag or digest', examples: ['registry.example/helloworld:2.0'] }),
    'Image by container',
    'registry.example/helloworld:2.0',
  ).optional(),
  labels: texts('Labels of the object, of its pods, and of its selector where the selector has them', {
    version: 'v2',
  }).optional(),
  annotations: texts('Annotations of the object', { 'example.com/owner': 'payments' }).optional(),
  env: byContainer(texts('Variables by name', { REGION: 'eu' }), 'Environment variables by container', {
    REGION: 'eu',
  }).optional(),
  args: byContainer(
    list(
      z
        .string('field-is-text')
        .meta({ description: 'An argument; in quotes if it is a number', examples: ['--verbose'] }),
    ).meta({
      description: 'All arguments, in order',
      examples: [['--verbose']],
    }),
    'All arguments, by container',
    ['--verbose'],
  ).optional(),
  resources: byContainer(
    mapping({
      requests: amounts('Requests of the container').optional(),
      limits: amounts('Limits of the container').optional(),
    }).meta({ description: 'Requests and limits', examples: [{ requests: { cpu: '500m' } }] }),
    'Requests and limits by container; all others stay unchanged',
    { requests: { cpu: '500m' } },
  ).optional(),
  patches: list(patch)
    .min(1, 'list-is-not-empty')
    .meta({
      description: 'RFC 6902 patches, in order, after all of the above',
      examples: [[{ path: '/spec/minReadySeconds', value: 5 }]],
    })
    .optional(),
}).meta({
  description: 'The differences of one manifest in one cluster',
  examples: [{ resource: 'Deployment/helloworld', replicas: 3 }],
});

const workload = mapping({
  name: dnsLabel('Name of the workload, and of its file in dist/', 'helloworld'),
  namespace: dnsLabel('Namespace of all its objects, with sidecar injection', 'sample'),
  delivery: one('delivery-is-known', 'federated', 'direct')
    .describe('federated: delivered by the federation engine; direct: applied to each cluster')
    .default('federated'),
  manifests: list(
    text('manifest-path-is-printable', /^[^\p{C}\p{Zl}\p{Zp}]{1,4096}$/u).meta({
      description: 'A file or a directory',
      examples: ['workloads/helloworld.yaml'],
    }),
  )
    .min(1, 'list-is-not-empty')
    .meta({
      description: 'Files and directories of plain Kubernetes YAML, relative to this declaration',
      examples: [['workloads/helloworld.yaml']],
    })
    .optional(),
  placement: clusterNames('Clusters where the workload runs').default('all'),
  clients: clusterNames('Clusters where its Services and namespace exist, so that DNS finds the Services').default(
    'all',
  ),
  overrides: record(
    clusterName('A cluster of this declaration'),
    list(override).meta({
      description: 'The differences in this cluster',
      examples: [[{ resource: 'Deployment/helloworld', replicas: 3 }]],
    }),
  )
    .meta({
      description: 'Differences per cluster',
      examples: [{ member: [{ resource: 'Deployment/helloworld', replicas: 3 }] }],
    })
    .default({}),
}).meta({
  description: 'An application',
  examples: [{ name: 'helloworld', namespace: 'sample', manifests: ['workloads/helloworld.yaml'] }],
});

/** All applications of the federation. */
export const workloads = list(workload)
  .meta({
    description: 'All applications of the federation',
    examples: [[{ name: 'helloworld', namespace: 'sample', manifests: ['workloads/helloworld.yaml'] }]],
  })
  .default([]);
