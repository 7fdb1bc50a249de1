import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../support/mistakes.ts';

const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{name: http, port: 80}, {name: tcp, port: 81}]}\n';
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\n';
const lock =
  'clusters:\n  host: {uid: 11111111-2222-3333-4444-555555555555}\n  member: {uid: 11111111-2222-3333-4444-555555555555}\n';

/** A declaration with mistakes of every kind that an engine has words for. */
function mistaken(engine: string): string {
  return `name: demo
istio: {version: 1.31.4}
federation: ${engine}
clusters:
  - {name: host, role: host, network: a, federationCluster: same, apiServer: 'https://a', state: leaving}
  - {name: member, role: member, network: a, federationCluster: same, apiServer: 'https://a'}
workloads:
  - {name: web, namespace: shop, manifests: [web.yaml, secret.yaml], overrides: {member: [{resource: Service/web, patches: [
      {path: /spec/none/x, value: 1}, {path: /spec/none/x, value: 1}, {path: /spec/ports/-1, value: 1}, {path: /spec/type}]}]}}
  - {name: one, namespace: shop, delivery: direct, manifests: [number.yaml], overrides: {member: []}}
`;
}

const textsOf = (declaration: string): readonly string[] =>
  findingsOf({
    'federation.yaml': declaration,
    'federation.lock.yaml': lock,
    'web.yaml': service,
    'secret.yaml': secret,
    'number.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {b: 99999999999999999999}}\n',
  }).flatMap(({ expected, fix }) => [expected, fix]);

const titles = { kubefed: 'KubeFed', karmada: 'Karmada' };

describe.each([
  ['kubefed', '{engine: kubefed, version: 0.10.0}'],
  ['karmada', '{engine: karmada, kubeContext: karmada}'],
  ['plain', '{engine: plain}'],
] as const)('the words of a declaration with engine: %s', (engine, federation) => {
  test('are many', () => {
    expect(textsOf(mistaken(federation)).length).toBeGreaterThan(16);
  });

  test.each(Object.entries(titles).filter(([name]) => name !== engine))('do not speak of %s', (_, title) => {
    expect(textsOf(mistaken(federation)).filter((text) => text.includes(title))).toEqual([]);
  });
});

test('without an engine nothing is said of what the engine does', () => {
  const texts = textsOf(mistaken('{engine: plain}'));
  expect(texts.filter((text) => /engine|federates/.test(text.replaceAll('engine: plain', '')))).toEqual([]);
});

test('a chart repository is not told to install an engine that the plan never installs', () => {
  const fixes = (federation: string): readonly string[] =>
    textsOf(mistaken(federation)).filter((text) => text.includes('install'));
  expect(fixes("{engine: plain, chartRepository: 'https://charts.example/a'}")).toEqual([
    'no chart repository with engine: plain: the plan installs nothing',
  ]);
});
