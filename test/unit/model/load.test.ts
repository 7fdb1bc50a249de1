import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { ProblemsError } from '../../../constructs/model/problems/problem.ts';
import { makeProject } from '../../support/project.ts';

const clusters = `clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
`;
const head = 'name: demo\nistio: {version: 1.7.2}\nfederation: {engine: kubefed, version: 0.4.1}\n';
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: hello}\nspec: {ports: [{name: http, port: 80, protocol: TCP}]}\n';

/** `file:line [rule]` of every problem of a declaration. */
function problemsOf(files: Readonly<Record<string, string>>, declaration = 'federation.yaml'): readonly string[] {
  try {
    loadFederation(join(makeProject(files), declaration));
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ at, rule }) => `${at.file}:${at.line} ${rule}`);
  }
}

const workload = (more: string): string => `workloads:\n  - {name: hello, namespace: sample, ${more}}\n`;

describe('all mistakes at once', () => {
  test('a part of the wrong shape hides no mistake elsewhere', () => {
    const declaration = `name: Demo
istio: {version: latest}
federation: {engine: kubefed, version: 0.4.1}
clusters:
  - {name: host, role: host, network: network1, gateway: {address: lb.example.com, port: 0}}
  - {name: a.b, role: member, network: network2, kubeContext: host}
  - {name: third, role: membre, netwrok: network2}
workloads:
  - name: hello
    namespace: kube-system
    manifests: [hello.yaml, missing.yaml]
    placement: [host, nowhere]
    overrides:
      host:
        - resource: Service/hello
          patches: [{op: replace, path: /metadata/namespace, value: x}, {op: jump, path: /spec/type, value: z}]
`;
    expect(
      [...problemsOf({ 'federation.yaml': declaration, 'hello.yaml': `${service}---\nkind: 7\n` })].sort(),
    ).toEqual(
      [
        'federation.yaml:10 namespace-is-not-reserved',
        'federation.yaml:11 manifest-file-exists',
        'federation.yaml:12 placement-names-a-cluster',
        'federation.yaml:16 override-op-is-known',
        'federation.yaml:16 override-path-is-allowed',
        'federation.yaml:1 name-is-a-dns-label',
        'federation.yaml:2 version-is-exact',
        'federation.yaml:5 port-is-in-range',
        'federation.yaml:6 kube-contexts-are-unique',
        'federation.yaml:6 name-is-a-dns-label',
        'federation.yaml:7 key-is-known',
        'federation.yaml:7 required-key-is-present',
        'federation.yaml:7 role-is-known',
        'hello.yaml:6 manifest-is-a-kubernetes-object',
      ].sort(),
    );
  });

  test('a missing host is one mistake', () => {
    const members = clusters.replace('role: host', 'role: member');
    expect(problemsOf({ 'federation.yaml': head + members })).toEqual(['federation.yaml:5 exactly-one-host']);
  });

  test.each(['null', '7', '""', 'true', '[a]', '{a: b}', '"-"', 'host.', '../x', '"a\\nb"', 'a'.repeat(64)])(
    'a name that is %s is no name',
    (name) => {
      const declaration = `${head}${clusters.replace('name: member', `name: ${name}`)}`;
      expect(problemsOf({ 'federation.yaml': declaration })).toEqual(['federation.yaml:6 name-is-a-dns-label']);
    },
  );

  test.each(['', '---\n', 'null\n', '- a\n- b\n', 'text\n', '7\n'])('%j is no declaration', (text) => {
    expect(problemsOf({ 'federation.yaml': text })).toHaveLength(1);
  });

  test('a declaration with a byte order mark and CRLF is accepted', () => {
    const text = `\ufeff${(head + clusters).replaceAll('\n', '\r\n')}`;
    expect(problemsOf({ 'federation.yaml': text })).toEqual([]);
  });
});

describe('manifests', () => {
  const declare = (manifests: string): string =>
    head + clusters + workload(`delivery: direct, manifests: [${manifests}]`);

  test('are read from files, from directories in the order of their names, from JSON and out of Lists', () => {
    const named = (name: string): string => service.replace('hello', name);
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'in-list' } }],
    });
    const files = {
      'federation.yaml': declare('one.yaml, all'),
      'one.yaml': `${named('one')}---\n${named('two')}---\n`,
      'all/b.yml': named('b'),
      'all/a.json': list,
      'all/README.md': 'not a manifest',
    };
    const { federation } = loadFederation(join(makeProject(files), 'federation.yaml'));
    expect(federation.workloads[0]?.objects.map(({ object }) => object.metadata.name)).toEqual([
      'one',
      'two',
      'in-list',
      'b',
    ]);
  });

  test('may be above the declaration, inside the project', () => {
    const files = { 'examples/federation.yaml': declare('../hello.yaml'), 'hello.yaml': service };
    expect(problemsOf(files, 'examples/federation.yaml')).toEqual([]);
  });

  test('may not be reached through a link that leaves the project, nor in a linked directory', () => {
    const outside = makeProject({ 'hello.yaml': service });
    const project = makeProject({ 'federation.yaml': declare('link.yaml, more') });
    symlinkSync(join(outside, 'hello.yaml'), join(project, 'link.yaml'));
    mkdirSync(join(project, 'more'));
    symlinkSync(join(outside, 'hello.yaml'), join(project, 'more/hello.yaml'));
    expect(() => loadFederation(join(project, 'federation.yaml'))).toThrow(
      /\[manifest-file-is-in-the-project\][\s\S]*\[manifest-file-is-in-the-project\]/,
    );
  });

  test('that are directories without manifests, or binary files, are refused as such', () => {
    const project = makeProject({ 'federation.yaml': declare('empty, image.yaml'), 'empty/README.md': '' });
    writeFileSync(join(project, 'image.yaml'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    expect(() => loadFederation(join(project, 'federation.yaml'))).toThrow(/\[manifest-file-is-not-empty\]/);
  });

  test('lose only their nulls, which mean the same as missing fields', () => {
    const files = { 'federation.yaml': declare('hello.yaml'), 'hello.yaml': `${service}status: null\n` };
    expect(problemsOf(files)).toEqual([]);
  });
});

test('a line of a message never begins with "at "', () => {
  const declaration = `${head}${clusters}workloads: [{name: "\\nat x", namespace: sample, manifests: ["\\n at y"]}]\n`;
  expect(() => loadFederation(join(makeProject({ 'federation.yaml': declaration }), 'federation.yaml'))).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/^\s*at /m) }),
  );
});

describe('an observed hostname', () => {
  const current = (topology: string): string =>
    `name: demo\nistio: {version: 1.31.4, topology: ${topology}}\nfederation: {engine: kubefed, version: 0.10.0}\n${clusters}`;
  const lockOf = (cluster: string): string => `clusters:\n  ${cluster}: {gatewayAddress: lb.example.com}\n`;

  test.each([
    ['primary-remote', 'host', ['federation.lock.yaml:2 locked-address-is-ip']],
    ['primary-remote', 'member', []],
    ['multi-primary', 'host', []],
  ])('with %s of the %s', (topology, cluster, expected) => {
    const files = { 'federation.yaml': current(topology), 'federation.lock.yaml': lockOf(cluster) };
    expect(problemsOf(files)).toEqual(expected);
  });
});
