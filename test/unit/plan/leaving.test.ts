import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { beforeEach, describe, expect, test } from 'vitest';
import { manifestOf } from '../../support/declarations/arbitrary-declaration.ts';
import { makeProject, synthesize } from '../../support/project.ts';

type Json = Readonly<Record<string, unknown>>;
type Files = Readonly<Record<string, string>>;

const destinationRule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: one}
spec: {host: w-one}
`;
const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;

/** Three clusters in three networks with two workloads in all of them; `edge` has this state. */
function output(state: string, more: Json = {}): Files {
  const clusters = ['host', 'member', 'edge'].map((name, index) => ({
    name,
    role: index === 0 ? 'host' : 'member',
    network: `network${index}`,
    ...(name === 'edge' ? { state, istioCluster: 'edge-mesh' } : {}),
  }));
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4', topology: 'multi-primary' },
    federation: { engine: 'kubefed', version: '0.10.0' },
    clusters,
    workloads: [
      { name: 'one', namespace: 'sample', manifests: ['one.yaml', 'rule.yaml', 'definition.yaml'] },
      { name: 'two', namespace: 'direct', delivery: 'direct', manifests: ['two.yaml'] },
    ],
    ...more,
  };
  const project = makeProject({
    'federation.yaml': dump(declaration),
    'one.yaml': manifestOf('one'),
    'two.yaml': manifestOf('two'),
    'rule.yaml': destinationRule,
    'definition.yaml': definition,
  });
  return synthesize(join(project, 'federation.yaml'));
}

const of = (files: Files, cluster: string): readonly string[] =>
  Object.keys(files).filter((path) => path.startsWith(`${cluster}/`) && path.endsWith('.yaml'));

const rows = (files: Files, wave: string): readonly string[] =>
  (files['plan.tsv'] ?? '').split('\n').filter((row) => row.startsWith(wave));

const placements = (files: Files, path: string): readonly (readonly string[])[] =>
  (loadAll(files[path] ?? '') as { spec: { placement: { clusters: { name: string }[] } } }[]).map(({ spec }) =>
    spec.placement.clusters.map(({ name }) => name),
  );

describe('a leaving cluster', () => {
  let files: Files = {};
  let before: Files = {};

  beforeEach(() => {
    files = output('leaving');
    before = output('active');
  });

  test('keeps its Istio, its gateway and its kinds, and has nothing else', () => {
    const kept = /^edge\/(05|10|20|30)-/;
    expect(of(files, 'edge')).toEqual(of(before, 'edge').filter((path) => kept.test(path)));
    const changed = of(files, 'edge').filter((path) => files[path] !== before[path]);
    expect(changed).toEqual(['edge/10-foundation/namespaces.yaml']);
    expect(
      (loadAll(files['edge/10-foundation/namespaces.yaml'] ?? '') as Json[]).map(({ metadata }) => metadata),
    ).toEqual([{ name: 'istio-system', labels: { 'topology.istio.io/network': 'network2' } }]);
  });

  test('is in no placement and has no effective view', () => {
    for (const path of ['namespaces', 'one'].map((name) => `host/60-federation/${name}.yaml`)) {
      expect(placements(files, path).flat()).not.toContain('edge');
      expect(placements(before, path).flat()).toContain('edge');
    }
    expect(Object.keys(files).filter((path) => path.startsWith('effective/edge/'))).toEqual([]);
  });

  test('is no longer read by any istiod, and still reads the others', () => {
    expect(
      rows(files, '45-discovery').map((row) =>
        row.split('\t').filter((_, index) => [0, 1, 4, 5, 6].includes(index) || index > 10),
      ),
    ).toEqual([
      ['45-discovery', 'host', 'remote-secret', '-', 'registry-synced', 'member', 'member', '-'],
      ['45-discovery', 'host', 'remote-secret-gone', '-', 'registry-gone', 'edge', 'edge-mesh'],
      ['45-discovery', 'member', 'remote-secret', '-', 'registry-synced', 'host', 'host', '-'],
      ['45-discovery', 'member', 'remote-secret-gone', '-', 'registry-gone', 'edge', 'edge-mesh'],
      ['45-discovery', 'edge', 'remote-secret', '-', 'registry-synced', 'host', 'host', '-'],
      ['45-discovery', 'edge', 'remote-secret', '-', 'registry-synced', 'member', 'member', '-'],
    ]);
  });

  test('is called leaving in its preflight, and verify makes no calls from it', () => {
    expect(rows(files, '00-preflight').map((row) => row.split('\t')[14])).toEqual(['active', 'active', 'leaving']);
    expect(rows(files, '90-verify').map((row) => row.split('\t')[1])).toEqual(['host', 'member']);
  });

  test('changes no file of another cluster except placements', () => {
    const changed = Object.keys(before).filter((path) => before[path] !== files[path] && !path.startsWith('edge/'));
    expect(changed.filter((path) => path.endsWith('.yaml') && !path.startsWith('effective/edge/'))).toEqual([
      'host/60-federation/namespaces.yaml',
      'host/60-federation/one.yaml',
    ]);
  });
});

test('the placement of istio-system keeps a leaving cluster, whose istiod and gateway would be deleted with it', () => {
  const files = output('leaving', { trust: { cacerts: 'federated-secret' } });
  expect(placements(files, 'host/15-federated-trust/namespaces.yaml')).toEqual([['host', 'member', 'edge']]);
  expect(rows(files, '15-federated-trust').at(-1)).toContain('host\tmember\tedge');
});

test.each([
  ['plain', { engine: 'plain' }],
  ['karmada', { engine: 'karmada', kubeContext: 'karmada-apiserver' }],
])('a leaving cluster is drained with %s, too', (_, federation) => {
  const files = output('leaving', { federation });
  expect(of(files, 'edge').filter((path) => /\/(60|70|80)-/.test(path))).toEqual([]);
  const policies = Object.keys(files).filter((path) => path.startsWith('federation/60-'));
  for (const path of policies) expect(files[path], path).not.toContain('edge');
});

test('a leaving remote keeps its way to its primary', () => {
  const istio = { version: '1.31.4', topology: 'primary-remote' };
  const files = output('leaving', { istio });
  const before = output('active', { istio });
  for (const path of of(before, 'edge').filter((one) => /\/(40|50)-/.test(one))) expect(files[path]).toBe(before[path]);
  expect(
    of(files, 'host')
      .filter((path) => /\/(20|30)-/.test(path))
      .map((path) => files[path]),
  ).toEqual(
    of(before, 'host')
      .filter((path) => /\/(20|30)-/.test(path))
      .map((path) => before[path]),
  );
});

test('both of two networks keep their gateways while the only cluster of one leaves', () => {
  const clusters = [
    { name: 'host', role: 'host', network: 'network1' },
    { name: 'edge', role: 'member', network: 'network2', state: 'leaving' },
  ];
  const files = output('leaving', { clusters });
  expect(of(files, 'host')).toContain('host/30-gateways/eastwest-gateway.yaml');
  expect(of(files, 'edge')).toContain('edge/30-gateways/eastwest-gateway.yaml');
});
