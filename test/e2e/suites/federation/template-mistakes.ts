import { expect } from 'vitest';
import { deployment, everywhere, type Mistake, settings, UNFEDERATED } from './mistake.ts';

/** Reactions of KubeFed 0.10.0 to templates, kinds and places that a rule refuses. */
export const TEMPLATE_MISTAKES: readonly Mistake[] = [
  {
    rule: 'placement-names-a-cluster',
    mistake: 'a placement in an unknown cluster: it is dropped, and nothing reports it',
    placement: ['host', 'membre'],
    host: 'OK',
    live: null,
  },
  {
    rule: 'federated-metadata-is-carried',
    mistake: 'annotations and finalizers in a template: they are dropped',
    template: { metadata: { annotations: { note: 'lost' }, finalizers: ['shop.example/hold'] }, ...settings },
    ...everywhere('OK'),
    event: 'metadata.annotations cannot be set via template',
    live: { metadata: expect.not.objectContaining({ annotations: expect.anything(), finalizers: expect.anything() }) },
  },
  {
    rule: 'service-ports-have-names',
    mistake: 'two ports without names',
    kind: 'Service',
    template: {
      spec: {
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 81, protocol: 'TCP' },
        ],
      },
    },
    ...everywhere('CreationFailed'),
    event: 'spec.ports[0].name: Required value',
    live: null,
  },
  {
    rule: 'manifest-fits-its-schema',
    mistake: 'a misspelt field of a template: it is dropped, and nothing reports it',
    kind: 'Deployment',
    template: { spec: { ...deployment.spec, minReadySecond: 5 } },
    ...everywhere('OK'),
    live: { spec: expect.not.objectContaining({ minReadySecond: 5 }) },
  },
  {
    rule: 'manifest-fits-its-schema',
    mistake: 'a template that no server accepts',
    template: { data: { color: 7 } },
    ...everywhere('CreationFailed'),
    event: 'cannot unmarshal number into Go struct field ConfigMap.data of type string',
    live: null,
  },
  {
    rule: 'manifest-kind-is-federated',
    mistake: 'a kind that is not federated',
    kind: 'DaemonSet',
    template: {},
    refused: 'no matches for kind "FederatedDaemonSet"',
  },
  {
    rule: 'manifest-namespace-is-the-workloads',
    mistake: 'a namespace that is not federated',
    namespace: UNFEDERATED,
    reason: 'NamespaceNotFederated',
    live: null,
  },
  {
    rule: 'namespace-is-not-reserved',
    mistake: 'a namespace that KubeFed ignores: nothing happens, and nothing reports it',
    kind: 'Namespace',
    namespace: 'kube-public',
    name: 'kube-public',
    template: { metadata: { labels: { color: 'red' } } },
    live: { metadata: { labels: expect.not.objectContaining({ color: 'red' }) } },
  },
];
