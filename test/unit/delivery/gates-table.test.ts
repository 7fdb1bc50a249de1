import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { examples } from '../../support/declarations/examples.ts';
import { makeProject, synthesize } from '../../support/project.ts';

const root = join(import.meta.dirname, '../../..');
const columns = [
  'wave',
  'cluster',
  'action',
  'when',
  'at',
  'kind',
  'namespace',
  'name',
  'jsonpath',
  'match',
  'pattern',
];

type Row = Readonly<Record<string, string>>;
type Output = Readonly<Record<string, string>>;

function rowsOf(output: Output, path: string): readonly Row[] {
  const [header = [], ...rows] = (output[path] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}

interface Changes {
  readonly istio?: object;
  readonly federation?: object;
  readonly host?: object;
  readonly member?: object;
  readonly lock?: object;
}

/** The rows of gates.tsv of two clusters. */
function gatesOf({ istio, federation, host, member, lock }: Changes): readonly Row[] {
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4', ...istio },
    federation: { engine: 'kubefed', version: '0.10.0', ...federation },
    clusters: [
      { name: 'host', role: 'host', network: 'network1', ...host },
      { name: 'member', role: 'member', network: 'network2', ...member },
    ],
  };
  const files = {
    'federation.yaml': dump(declaration),
    ...(lock === undefined ? {} : { 'federation.lock.yaml': dump(lock) }),
  };
  return rowsOf(synthesize(join(makeProject(files), 'federation.yaml')), 'gates.tsv');
}

/** Rows as texts: the named columns with blanks between them. */
const texts = (rows: readonly Row[], ...names: readonly string[]): readonly string[] =>
  rows.map((row) => names.map((name) => row[name]).join(' '));

describe.each(examples)('gates.tsv of %s', (example) => {
  const output = synthesize(join(root, `examples/${example}.yaml`));
  const gates = rowsOf(output, 'gates.tsv');

  test('has a row for each step that waits, except where nobody can tell', () => {
    const asked = new Set(texts(gates, 'wave', 'cluster', 'action', 'when'));
    const waiting = rowsOf(output, 'plan.tsv').filter(({ action, wait }) => action !== 'none' && wait !== '-');
    const missing = texts(waiting, 'wave', 'cluster', 'action').filter((key) => !asked.has(`${key} after`));
    expect(missing).toEqual(example === 'tutorial' ? ['45-discovery host remote-secret'] : []);
  });

  test('names steps and clusters of the plan, and patterns that can be compiled', () => {
    const plan = rowsOf(output, 'plan.tsv');
    const steps = new Set(texts(plan, 'wave', 'cluster', 'action'));
    const clusters = new Set(plan.map(({ cluster }) => cluster));
    for (const row of gates) {
      expect(columns.map((column) => row[column]).every((cell) => cell !== '')).toBe(true);
      if (row.when !== 'address') expect(steps).toContain(texts([row], 'wave', 'cluster', 'action')[0]);
      expect(clusters).toContain(row.at);
      expect(() => new RegExp(row.pattern ?? '')).not.toThrow();
      expect(['0', '300']).toContain(row.wait);
    }
  });

  test('asks each cluster who it is, and whether another cluster or federation is recorded there', () => {
    const first = gates.filter(({ when, wave }) => when === 'first' && wave === '00-preflight');
    const clusters = [...new Set(rowsOf(output, 'plan.tsv').map(({ cluster }) => cluster))];
    expect(texts(first, 'at', 'kind')).toEqual(clusters.flatMap((one) => [`${one} namespace`, `${one} configmap`]));
  });
});

test('the UID of the lock is what a cluster must say', () => {
  const uid = '6f1d7b1e-0000-4000-8000-000000000001';
  const uids = gatesOf({ lock: { clusters: { host: { uid } } } }).filter(({ kind }) => kind === 'namespace');
  expect(texts(uids, 'at', 'pattern')).toEqual([`host ${uid}`, 'member [0-9A-Za-z-]+']);
});

test('the address of a gateway is asked for where its type shows it', () => {
  const questions = (gateway: object): readonly string[] =>
    texts(
      gatesOf({ member: { gateway } }).filter(({ at, match }) => at === 'member' && match === 'address'),
      'when',
      'kind',
      'name',
      'jsonpath',
      'pattern',
    );
  const loadBalancer = '{range .status.loadBalancer.ingress[*]}{.ip} {.hostname}{"\\n"}{end}';
  const service = 'service istio-eastwestgateway';
  expect(questions({})).toEqual([`after ${service} ${loadBalancer} .*`, `address ${service} ${loadBalancer} .*`]);
  expect(questions({ address: '203.0.113.7' })).toEqual([`after ${service} ${loadBalancer} 203\\.0\\.113\\.7`]);
  expect(questions({ type: 'ExternalIPs', address: '203.0.113.7' })).toEqual([
    `after ${service} {range .spec.externalIPs[*]}{@}{"\\n"}{end} 203\\.0\\.113\\.7`,
  ]);
  // istiod takes no InternalIP.
  const nodes = 'node - {range .items[*]}{.status.addresses[?(@.type=="ExternalIP")].address}{"\\n"}{end}';
  expect(questions({ type: 'NodePort' })).toEqual([`after ${nodes} .*`, `address ${nodes} .*`]);
});

test('a primary that injects its remotes needs an IP address, and so does every gateway of Istio 1.7', () => {
  const ipOnly = (changes: Changes): readonly string[] =>
    texts(
      gatesOf(changes).filter(({ pattern }) => pattern === '[0-9.]+|.*:.*'),
      'when',
      'at',
      'wait',
    );
  expect(ipOnly({})).toEqual(['after host 0', 'address host 0']);
  expect(ipOnly({ istio: { topology: 'multi-primary' } })).toEqual([]);
  expect(ipOnly({ member: { controlPlane: { remoteOf: 'host', injector: 'local' } } })).toEqual([]);
  expect(ipOnly({ host: { gateway: { address: '203.0.113.7' } } })).toEqual([]);
  expect(ipOnly({ istio: { version: '1.7.2' } })).toHaveLength(4);
});

test('a pod of each remote is tried once its primary has read it', () => {
  const tried = (changes: Changes): readonly string[] =>
    texts(
      gatesOf(changes).filter(({ kind }) => kind === 'injection'),
      'wave',
      'cluster',
      'action',
      'when',
      'at',
      'match',
      'pattern',
      'wait',
    );
  const once = ['45-discovery host remote-secret after member some .*/.* 300'];
  expect(tried({})).toEqual(once);
  expect(tried({ member: { controlPlane: { remoteOf: 'host', injector: 'local' } } })).toEqual(once);
  expect(tried({ istio: { topology: 'multi-primary' } })).toEqual([]);
  expect(tried({ istio: { version: '1.7.2' } })).toEqual([]);
});

test('an engine that the plan installs is asked whether it runs and reaches what joins; nothing is asked twice', () => {
  const engine = gatesOf({ federation: { install: true }, host: { apiServer: 'https://203.0.113.20:6443' } }).filter(
    ({ namespace }) => namespace === 'kube-federation-system',
  );
  expect(texts(engine, 'action', 'when', 'name', 'pattern')).toEqual([
    'install-engine after kubefed-admission-webhook True NewReplicaSetAvailable',
    'install-engine after kubefed-controller-manager True NewReplicaSetAvailable',
    'join after host True https://203\\.0\\.113\\.20:6443',
    'join after member True .*',
  ]);
});

test('Karmada must know that each cluster has a kind that a workload adds', () => {
  const names = { kind: 'Promotion', plural: 'promotions' };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }];
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'promotions.shop.example' },
    spec: { group: 'shop.example', scope: 'Namespaced', names, versions },
  };
  const files = {
    'crd.yaml': dump(definition),
    'federation.yaml': dump({
      name: 'demo',
      istio: { version: '1.31.4' },
      federation: { engine: 'karmada', kubeContext: 'karmada-apiserver' },
      clusters: [
        { name: 'host', role: 'host', network: 'network1', federationCluster: 'first' },
        { name: 'member', role: 'member', network: 'network2' },
      ],
      workloads: [{ name: 'shop', namespace: 'shop', manifests: ['crd.yaml'] }],
    }),
  };
  const rows = rowsOf(synthesize(join(makeProject(files), 'federation.yaml')), 'gates.tsv');
  const known = rows.filter(({ wave, at }) => wave === '05-federation-control-plane' && at === 'federation');
  expect(texts(known, 'kind', 'name', 'jsonpath', 'pattern')).toEqual([
    'customresourcedefinition.apiextensions.k8s.io promotions.shop.example {.status.conditions[?(@.type=="Established")].status} True',
    ...['first', 'member'].map(
      (name) =>
        `cluster.cluster.karmada.io ${name} {.status.apiEnablements[*].resources[?(@.kind=="Promotion")].kind} Promotion( Promotion)*`,
    ),
  ]);
});

test('istiod must read each cluster that stays, and none that leaves', () => {
  const read = gatesOf({
    istio: { topology: 'multi-primary' },
    member: { state: 'leaving' },
  }).filter(({ kind }) => kind === 'remote-clusters');
  expect(texts(read, 'at', 'action', 'match', 'pattern')).toEqual([
    'host remote-secret-gone none member( .*)?',
    'member remote-secret some host +[^ ]+ +synced( .*)?',
  ]);
});

test('Istio is installed only where the CA is', () => {
  const before = gatesOf({ istio: { installer: 'helm' } }).filter(({ when }) => when === 'before');
  expect(new Set(texts(before, 'wave', 'at', 'kind', 'name', 'wait'))).toEqual(
    new Set(['20-control-plane host secret cacerts 0', '40-remote member secret cacerts 0']),
  );
});

test('checksums names every file that the scripts read, as sha256sum writes it', () => {
  const output = synthesize(join(root, 'federation.yaml'));
  const lines = (output.checksums ?? '').trimEnd().split('\n');
  const paths = lines.map((line) => line.slice(66));
  expect(paths).toEqual([...paths].sort());
  for (const [index, path] of paths.entries()) {
    const sum = createHash('sha256')
      .update(output[path] ?? '')
      .digest('hex');
    expect(lines[index]).toBe(`${sum}  ${path}`);
  }
  const isRead = (path: string): boolean =>
    /^((host|member)\/\d\d-[^/]+\/.*|[\w-]+\.tsv|(apply|verify)\.sh)$/.test(path);
  expect(paths).toEqual(expect.arrayContaining(Object.keys(output).filter(isRead)));
});
