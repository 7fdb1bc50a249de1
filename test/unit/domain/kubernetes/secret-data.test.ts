import { describe, expect, test } from 'vitest';
import { findSecretData } from '../../../../constructs/domain/kubernetes/secret-data.ts';

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } };
const template = (spec: object): object => ({ apiVersion: 'types.kubefed.io/v1beta1', kind: 'FederatedSecret', spec });

describe('a Secret with data is found', () => {
  test.each([
    ['itself', secret, []],
    [
      'in a list of manifests',
      { spec: { workload: { manifests: [{}, secret] } } },
      ['spec', 'workload', 'manifests', 1],
    ],
    ['without an apiVersion', { spec: { template: { kind: 'Secret', data: { a: 'Yg==' } } } }, ['spec', 'template']],
    ['as JSON', { metadata: { annotations: { last: JSON.stringify(secret) } } }, ['metadata', 'annotations', 'last']],
    ['as JSON in JSON', { a: JSON.stringify({ b: JSON.stringify([secret]) }) }, ['a']],
    ['as YAML', { data: { y: 'a: b\n---\napiVersion: v1\nkind: Secret\nstringData: {a: b}\n' } }, ['data', 'y']],
    ['as quoted YAML in a list', { data: { y: 'items:\n  - kind: "Secret"\n    data:\n      a: b\n' } }, ['data', 'y']],
    ['in the template of a FederatedSecret', template({ template: { data: { a: 'Yg==' } } }), []],
    [
      'in the overrides of a FederatedSecret',
      template({ overrides: [{ clusterName: 'a', clusterOverrides: [{ path: '/data/a', value: 'Yg==' }] }] }),
      [],
    ],
    [
      'in a FederatedSecret inside a list',
      { items: [template({ template: { stringData: { a: 'b' } } })] },
      ['items', 0],
    ],
  ])('%s', (_, value, path) => {
    expect(findSecretData(value)).toEqual([path]);
  });
});

describe('not found is', () => {
  test.each([
    ['a reference to a Secret', { spec: { secretRef: { apiVersion: 'v1', kind: 'Secret', name: 's' } } }],
    ['a Secret of another group', { apiVersion: 'shop.example/v1', kind: 'Secret', data: { a: 'b' } }],
    ['a Secret without data', { apiVersion: 'v1', kind: 'Secret', data: {}, stringData: null }],
    ['a FederatedSecret without data', template({ template: { type: 'Opaque' }, placement: {} })],
    ['a text about Secrets', { data: { a: 'A Secret has data: and stringData:', b: '[Secret' } }],
    ['a ConfigMap and a reference in YAML', { data: { a: 'kind: Secret\nname: a\n---\nkind: ConfigMap\ndata:\n' } }],
    ['nothing', null],
  ])('%s', (_, value) => {
    expect(findSecretData(value)).toEqual([]);
  });
});

test('several Secrets are found, each once', () => {
  expect(findSecretData({ a: secret, b: [secret, JSON.stringify(secret)] })).toEqual([['a'], ['b', 0], ['b', 1]]);
});

test('a value that refers to itself, and deep and long texts, are read in one pass', () => {
  const round: unknown[] = ['Secret'];
  round.push(round, '['.repeat(4_000_000).concat('Secret'), 'kind: Secret\n'.repeat(300_000), ' '.repeat(4_000_000));
  expect(findSecretData(round)).toEqual([]);
});
