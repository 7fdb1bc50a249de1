import { expect } from 'vitest';
import type { KubeObject } from '../../kubernetes/documents.ts';
import {
  arrivesAs,
  arrivesElsewhere,
  isIgnored,
  isLeftOut,
  isNotMade,
  isRefusedThere,
  type Outcome,
} from './outcomes.ts';
import { configMap, deployment, gadget, job, service } from './templates.ts';

export { lackingKind } from './templates.ts';

/** An entry of `overriders.plaintext`. */
interface Plaintext {
  readonly operator: string;
  readonly path: string;
  readonly value?: unknown;
}

/** An object that the product never gives Karmada, and Karmada's result. */
export interface Refused {
  /** The rule that refuses it, or a quotation from the page about engines. */
  readonly because: string;
  readonly what: string;
  readonly template: Omit<KubeObject, 'metadata'> & { readonly metadata?: Partial<KubeObject['metadata']> };
  /** The patches for `member`. @default - nothing */
  readonly patches?: readonly Plaintext[];
  /** The cluster that gets the patches instead. @default - `member` */
  readonly patched?: string;
  /** @default - both members */
  readonly clusters?: readonly string[] | 'unsaid';
  readonly becomes: string;
  readonly outcome: Outcome;
}

const add = (path: string, value: unknown): Plaintext => ({ operator: 'add', path, value });
const replace = (path: string, value: unknown): Plaintext => ({ operator: 'replace', path, value });

/** THE table of objects that our rules refuse, each with its real effect. */
export const refused: readonly Refused[] = [
  {
    because: 'override-path-is-allowed',
    what: 'a path without its slash',
    template: configMap,
    patches: [replace('data/greeting', 'hi')],
    becomes: 'the object is missing',
    outcome: isNotMade('doc is missing key: data/greeting'),
  },
  {
    because: 'override-path-is-allowed',
    what: 'another namespace',
    template: configMap,
    patches: [replace('/metadata/namespace', 'default')],
    becomes: 'the object moves there',
    outcome: arrivesElsewhere((one) => ({ ...one, metadata: { ...one.metadata, namespace: 'default' } })),
  },
  {
    because: 'override-path-is-allowed',
    what: 'another name',
    template: configMap,
    patches: [replace('/metadata/name', 'renamed')],
    becomes: 'the object is renamed',
    outcome: arrivesElsewhere((one) => ({ ...one, metadata: { ...one.metadata, name: 'renamed' } })),
  },
  {
    because: 'override-path-is-allowed',
    what: 'another kind',
    template: configMap,
    patches: [replace('/kind', 'Secret'), replace('/data', { greeting: 'aGVsbG8=' })],
    becomes: 'the object becomes one',
    outcome: arrivesElsewhere((one) => ({ ...one, kind: 'Secret' })),
  },
  {
    because: 'override-path-is-allowed',
    what: 'a negative index',
    template: deployment,
    patches: [replace('/spec/template/spec/containers/-1/image', 'registry.example/other:1')],
    becomes: 'it means the last entry, against the standard',
    outcome: arrivesAs((one) =>
      expect(one).toHaveProperty('spec.template.spec.containers.0.image', 'registry.example/other:1'),
    ),
  },
  {
    because: 'override-fits-its-manifest',
    what: 'a path without a parent',
    template: configMap,
    patches: [add('/binaryData/greeting', 'aGVsbG8=')],
    becomes: 'the object is missing',
    outcome: isNotMade('add operation does not apply: doc is missing path: "/binaryData/greeting"'),
  },
  {
    because: "Karmada's patches are strict",
    what: 'a replace of a missing value',
    template: configMap,
    patches: [replace('/data/absent', 'hi')],
    becomes: 'the object is missing',
    outcome: isNotMade('replace operation does not apply: doc is missing key: /data/absent'),
  },
  {
    because: 'override-value-fits-its-operation',
    what: 'no value',
    template: configMap,
    patches: [{ operator: 'add', path: '/data/greeting' }],
    becomes: 'it is empty',
    outcome: arrivesAs((one) => expect(one).toHaveProperty('data.greeting', '')),
  },
  {
    because: 'override-fits-its-schema',
    what: 'a string for a number',
    template: deployment,
    patches: [replace('/spec/replicas', 'five')],
    becomes: 'the member refuses the object',
    outcome: isRefusedThere('cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas'),
  },
  {
    because: 'override-fits-what-karmada-fills-in',
    what: 'a strategy by its type alone',
    template: deployment,
    patches: [add('/spec/strategy/type', 'Recreate')],
    becomes: 'the member refuses the object',
    outcome: isRefusedThere('spec.strategy.rollingUpdate: Forbidden'),
  },
  {
    because: 'override-fits-what-karmada-fills-in',
    what: 'a LoadBalancer with another type in one cluster',
    template: service('LoadBalancer'),
    patches: [add('/spec/type', 'ClusterIP')],
    becomes: 'the member refuses the object',
    outcome: isRefusedThere("may not be used when `type` is 'ClusterIP'"),
  },
  {
    because: 'override-fits-what-karmada-fills-in',
    what: 'a Service without an address in one cluster',
    template: service('ClusterIP'),
    patches: [add('/spec/clusterIP', 'None')],
    becomes: 'the member refuses the object',
    outcome: isRefusedThere('spec.clusterIPs'),
  },
  {
    because: 'An override of an image also writes the pull policy that follows from the new image',
    what: 'an image with another default pull policy',
    template: deployment,
    patches: [replace('/spec/template/spec/containers/0/image', 'registry.example/other:latest')],
    becomes: "it keeps the first image's",
    outcome: arrivesAs((one) =>
      expect(one).toHaveProperty('spec.template.spec.containers.0.imagePullPolicy', 'IfNotPresent'),
    ),
  },
  {
    because: 'service-ports-are-the-same-everywhere',
    what: 'another port',
    template: service('ClusterIP'),
    patches: [replace('/spec/ports/0/port', 82)],
    becomes: 'it keeps the target of the first one',
    outcome: arrivesAs((one) => expect(one).toMatchObject({ spec: { ports: [{ port: 82, targetPort: 81 }] } })),
  },
  {
    because: 'federated-metadata-is-carried',
    what: 'finalizers',
    template: configMap,
    patches: [add('/metadata/finalizers', ['example.org/kept']), add('/data/farewell', 'bye')],
    becomes: 'they are dropped',
    outcome: arrivesAs((one) => {
      expect(one).toHaveProperty('data.farewell', 'bye');
      expect(one).not.toHaveProperty('metadata.finalizers');
    }),
  },
  {
    because: 'job-loses-its-time-to-live',
    what: 'a Job with a time to live',
    template: job,
    patches: [add('/spec/ttlSecondsAfterFinished', 90)],
    becomes: 'the time to live is removed',
    outcome: arrivesAs((one) => expect(one).not.toHaveProperty('spec.ttlSecondsAfterFinished')),
  },
  {
    because: 'Policies always name their clusters',
    what: 'a policy without clusters',
    template: configMap,
    clusters: 'unsaid',
    becomes: 'the object goes to all clusters',
    outcome: arrivesAs((one) => expect(one).toHaveProperty('data.greeting', 'hello')),
  },
  {
    because: 'placement-names-a-cluster',
    what: 'a cluster that does not exist',
    template: configMap,
    clusters: ['host', 'membre'],
    becomes: 'it is ignored',
    outcome: isLeftOut,
  },
  {
    because: 'override-names-a-cluster',
    what: 'an override for a cluster that does not exist',
    template: configMap,
    patches: [replace('/data/greeting', 'hi')],
    patched: 'membre',
    becomes: 'it is ignored',
    outcome: arrivesAs((one) => expect(one).toHaveProperty('data.greeting', 'hello')),
  },
  {
    because: 'Karmada silently leaves the cluster out',
    what: 'a kind that a cluster lacks',
    template: gadget,
    becomes: 'the cluster is left out',
    outcome: isLeftOut,
  },
  {
    because: 'namespace-is-not-reserved',
    what: 'a namespace of Kubernetes',
    template: { ...configMap, metadata: { namespace: 'kube-system' } },
    becomes: 'it has no effect',
    outcome: isIgnored,
  },
];

/** Objects that Karmada also refuses. */
export const unaccepted: readonly { because: string; what: string; object: object; message: string }[] = [
  {
    because: 'override-op-is-known',
    what: 'an unknown operation',
    object: {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'unaccepted', namespace: 'refused' },
      spec: { overrideRules: [{ overriders: { plaintext: [{ operator: 'test', path: '/data/greeting' }] } }] },
    },
    message: 'Unsupported value: "test": supported values: "add", "remove", "replace"',
  },
  {
    because: 'manifest-kind-is-known',
    what: 'a kind that no server knows',
    object: { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'unaccepted', namespace: 'refused' } },
    message: 'no matches for kind "Widget"',
  },
];
