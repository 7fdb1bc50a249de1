import { expect } from 'vitest';
import { deployment, everywhere, inMember, type Mistake, settings } from './mistake.ts';

/** Reactions of KubeFed 0.10.0 to the other parts of overrides that a rule refuses. */
export const OVERRIDE_MISTAKES: readonly Mistake[] = [
  {
    rule: 'override-names-a-manifest-once',
    mistake: 'two lists for one cluster',
    lists: [
      { cluster: 'member', overrides: [{ path: '/data/color', value: 'blue' }] },
      { cluster: 'member', overrides: [{ path: '/data/size', value: 'big' }] },
    ],
    ...everywhere('ApplyOverridesFailed'),
    event: 'appears more than once',
    live: null,
  },
  {
    rule: 'override-names-a-cluster',
    mistake: 'an unknown cluster: nothing is overridden, and nothing reports it',
    lists: [{ cluster: 'membre', overrides: [{ path: '/data/color', value: 'blue' }] }],
    ...everywhere('OK'),
    live: settings,
  },
  {
    rule: 'override-op-is-known',
    mistake: 'an unknown operation',
    overrides: [{ path: '/data/color', op: 'test', value: 'red' }],
    refused: 'spec.overrides[0].clusterOverrides[0].op in body should match',
  },
  {
    rule: 'override-value-fits-its-operation',
    mistake: 'no value: null is written, and the server fills in its default',
    kind: 'Deployment',
    template: deployment,
    overrides: [{ path: '/spec/replicas' }],
    ...everywhere('OK'),
    live: { spec: { replicas: 1 } },
  },
  {
    rule: 'override-value-fits-its-operation',
    mistake: 'a fraction',
    kind: 'Deployment',
    template: deployment,
    overrides: [{ path: '/spec/replicas', value: 1.5 }],
    ...inMember('CreationFailed'),
    event: 'cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    live: null,
  },
  {
    rule: 'override-value-fits-its-operation',
    mistake: 'null inside: the entry is lost, and nothing reports it',
    overrides: [{ path: '/data', value: { color: null } }],
    ...everywhere('OK'),
    live: expect.not.objectContaining({ data: expect.anything() }),
  },
  {
    rule: 'override-fits-its-manifest',
    mistake: 'no parent',
    overrides: [{ path: '/metadata/labels/app', op: 'add', value: 'app' }],
    ...inMember('ApplyOverridesFailed'),
    event: 'add operation does not apply: doc is missing path',
    live: null,
  },
  {
    rule: 'override-fits-its-manifest',
    mistake: 'a slash in a key that is not escaped',
    template: { metadata: { labels: { 'shop.example/color': 'red' } }, ...settings },
    overrides: [{ path: '/metadata/labels/shop.example/color', value: 'blue' }],
    ...inMember('ApplyOverridesFailed'),
    event: 'replace operation does not apply: doc is missing path',
    live: null,
  },
  {
    rule: 'override-fits-its-manifest',
    mistake: 'the removal of a missing value',
    overrides: [{ path: '/data/size', op: 'remove' }],
    ...inMember('ApplyOverridesFailed'),
    event: 'Unable to remove nonexistent key: size',
    live: null,
  },
  {
    rule: 'override-fits-its-schema',
    mistake: 'a number instead of a string',
    overrides: [{ path: '/data/color', value: 7 }],
    ...inMember('CreationFailed'),
    event: 'cannot unmarshal number into Go struct field ConfigMap.data of type string',
    live: null,
  },
  {
    rule: 'override-fits-its-schema',
    mistake: 'an unknown field: it is dropped, and nothing reports it',
    kind: 'Deployment',
    template: deployment,
    overrides: [{ path: '/spec/replica', value: 5 }],
    ...everywhere('OK'),
    live: { spec: { replicas: 3 } },
  },
  {
    rule: 'override-is-of-an-unplaced-cluster',
    mistake: 'an override for a cluster without the object: it has no effect',
    placement: ['host'],
    overrides: [{ path: '/data/color', value: 'blue' }],
    host: 'OK',
    live: null,
  },
];

/** Rules about overrides whose effect no server can show, and the reasons. */
export const NOT_FOR_SERVERS: Readonly<Record<string, string>> = {
  'override-fits-what-karmada-fills-in': 'it is about Karmada',
  'override-is-of-a-federated-workload': 'no Federated object is made that could have them',
  'override-names-a-manifest': 'no Federated object is made that could have them',
  'override-value-is-unambiguous': 'what a server gets is JSON',
  'override-holds-no-key-material': 'a server takes it, and everybody who reads the output has it',
  'override-field-fits-its-manifest': 'they become patches only where they fit',
  'override-changes-something': 'nothing is made of them',
  'override-changes-a-selector': 'it takes a change: a test of its own (fights.ts)',
  'override-keeps-annotations': 'it takes time: a test of its own (fights.ts)',
};
