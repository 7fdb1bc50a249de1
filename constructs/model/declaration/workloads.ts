import { z } from 'zod';
import { clusterNames, dnsLabel, list, mapping, one, record, text } from './shapes.ts';

const patch = mapping({
  op: one('override-op-is-known', 'add', 'remove', 'replace').describe('Default: replace').optional(),
  path: z.string('override-path-is-text').describe('JSON pointer (RFC 6901) into the manifest'),
  value: z.unknown().optional(),
});

const texts = record(z.string('value-is-a-mapping'), z.string('field-is-text'));
const byContainer = <T extends z.ZodType>(value: T) => record(dnsLabel('A container of the manifest'), value);
const amounts = record(text('resource-name-is-qualified', /^[a-z0-9][a-z0-9./-]{0,252}$/), z.string('field-is-text'));

const override = mapping({
  resource: text('resource-is-kind-and-name', /^[A-Z][A-Za-z0-9]*\/[A-Za-z0-9][\w.:-]{0,252}$/).describe(
    'The manifest to change, as KIND/NAME',
  ),
  replicas: z
    .int('replicas-is-a-count')
    .min(0, 'replicas-is-a-count')
    .max(2147483647, 'replicas-is-a-count')
    .describe('Number of pods')
    .optional(),
  images: byContainer(z.string('field-is-text').min(1, 'field-is-text')).describe('Image by container').optional(),
  labels: texts
    .describe('Labels of the object, of its pods, and of its selector where the selector has them')
    .optional(),
  annotations: texts.describe('Annotations of the object').optional(),
  env: byContainer(texts).describe('Environment variables by container').optional(),
  args: byContainer(list(z.string('field-is-text')))
    .describe('All arguments, by container')
    .optional(),
  resources: byContainer(mapping({ requests: amounts.optional(), limits: amounts.optional() }))
    .describe('Requests and limits by container; all others stay unchanged')
    .optional(),
  patches: list(patch)
    .min(1, 'list-is-not-empty')
    .describe('RFC 6902 patches, in order, after all of the above')
    .optional(),
});

const workload = mapping({
  name: dnsLabel('Name of the workload, and of its file in dist/'),
  namespace: dnsLabel('Namespace of all its objects, with sidecar injection'),
  delivery: one('delivery-is-known', 'federated', 'direct')
    .describe('federated: delivered by the federation engine; direct: applied to each cluster')
    .default('federated'),
  manifests: list(text('manifest-path-is-printable', /^[^\p{C}\p{Zl}\p{Zp}]{1,4096}$/u))
    .min(1, 'list-is-not-empty')
    .describe('Files and directories of plain Kubernetes YAML, relative to this declaration')
    .optional(),
  placement: clusterNames('Clusters where the workload runs').default('all'),
  clients: clusterNames('Clusters where its Services and namespace exist, so that DNS finds the Services').default(
    'all',
  ),
  overrides: record(dnsLabel('A cluster of this declaration'), list(override))
    .describe('Differences per cluster')
    .default({}),
});

/** All applications of the federation. */
export const workloads = list(workload).default([]);
