import { describe, expect, test } from 'vitest';
import { declare, findingsIn, findingsOf, type Parts, webDeployment } from '../../../support/mistakes.ts';

/** `path: got -> fix` of every problem. */
const adviceOn = (parts: Parts): readonly string[] =>
  findingsIn(parts).map(({ path, got, fix }) => `${path}: ${got} -> ${fix}`);

const override = (more: string): Parts => ({
  workload: `overrides: {member: [{resource: Deployment/web, ${more}}]}`,
});
const place = 'workloads.web.overrides.member[0]';

test('the declaration of these tests is right', () => {
  expect(adviceOn({})).toEqual([]);
});

describe('a version', () => {
  test.each([
    ['0.10', '0.10', "write the whole version: '0.10.0'"],
    ["'0.10'", '"0.10"', "write the whole version: '0.10.0'"],
    ['0.1', '0.1', 'name one release, such as 0.10.0, so that the output stays the same'],
    ['v0.10.0', '"v0.10.0"', 'write it without the v: 0.10.0'],
    ['latest', '"latest"', 'name one release, such as 0.10.0, so that the output stays the same'],
    ['[0.10.0]', '["0.10.0"]', 'write the value alone: 0.10.0'],
    ['', 'no value', 'write the value behind "version:", such as 0.10.0, or remove the key'],
  ])('federation.version: %s', (version, got, fix) => {
    expect(adviceOn({ federation: `{engine: kubefed, version: ${version}}` })).toEqual([
      `federation.version: ${got} -> ${fix}`,
    ]);
  });

  test.each([
    ['1.31', '1.31', "write the whole version: '1.31.4'"],
    ['1.30', '1.30', "write the whole version: '1.30.8'"],
    ['v1.31.1', '"v1.31.1"', 'write it without the v: 1.31.1'],
    ['V1.31.1', '"V1.31.1"', 'write it without the v: 1.31.1'],
    ['1.31.x', '"1.31.x"', "write the whole version: '1.31.4'"],
    ['^1.31.1', '"^1.31.1"', 'write the three numbers alone: 1.31.1'],
    ['1.31.1-distroless', '"1.31.1-distroless"', 'write the three numbers alone: 1.31.1'],
    ['01.31.01', '"01.31.01"', 'write the three numbers alone: 1.31.1'],
    ['stable', '"stable"', 'name one release, such as 1.31.4, so that the output stays the same'],
    ['', 'no value', 'write the value behind "version:", such as 1.31.4'],
  ])('istio.version: %s', (version, got, fix) => {
    expect(adviceOn({ istio: `{version: ${version}}` })).toEqual([`istio.version: ${got} -> ${fix}`]);
  });
});

describe('a key without a value', () => {
  test.each<[string, Parts, string]>([
    ['name', { name: '' }, 'write the value behind "name:", such as shop'],
    ['istio', { istio: '' }, 'write the value behind "istio:", such as {version: 1.31.4}'],
    ['federation.engine', { federation: '{engine: }' }, 'write the value behind "engine:"'],
    ['clusters.member.network', { member: 'network: ' }, 'write the value behind "network:", such as network1'],
    [
      'clusters.member.gateway.port',
      { member: 'network: network2, gateway: {port: }' },
      'write the value behind "port:", or remove the key',
    ],
    ['clusters.host.network', { host: 'network: ~' }, 'write the value behind "network:", such as network1'],
    ['workloads.web.placement', { workload: 'placement: ' }, 'write the value behind "placement:", or remove the key'],
    ['workloads.web.placement[0]', { workload: 'placement: [~]' }, 'write the entry behind "- ", or remove the line'],
    ['trust', { top: 'trust:' }, 'write the value behind "trust:", such as {cacerts: existing}, or remove the key'],
  ])('%s', (path, parts, fix) => {
    expect(adviceOn(parts)).toEqual([`${path}: no value -> ${fix}`]);
  });
});

describe('a word', () => {
  test.each<[string, string, Parts]>([
    ['federation.engine', 'kubefed', { federation: '{engine: KubeFed, version: 0.10.0}' }],
    ['istio.installer', 'helm', { istio: '{version: 1.31.4, installer: Helm}' }],
    ['istio.topology', 'multi-primary', { istio: '{version: 1.31.4, topology: MultiPrimary}' }],
    ['clusters.host.gateway', 'none', { host: 'network: network1, gateway: None' }],
    ['clusters.host.gateway', 'none', { host: 'network: network1, gateway: false' }],
    ['clusters.host.gateway', 'none', { host: 'network: network1, gateway: no' }],
    ['clusters.host.gateway.type', 'LoadBalancer', { host: 'network: network1, gateway: {type: loadbalancer}' }],
    ['clusters.member.controlPlane', 'primary', { member: 'network: network2, controlPlane: Primary' }],
    ['clusters.member.state', 'leaving', { member: 'network: network2, state: Leaving' }],
    ['trust.cacerts', 'existing', { top: 'trust: {cacerts: Existing}' }],
    ['workloads.web.placement', 'all', { workload: 'placement: All' }],
    ['workloads.web.delivery', 'direct', { workload: 'delivery: DIRECT' }],
    [`${place}.patches[0].op`, 'replace', override('patches: [{op: Replace, path: /spec/replicas, value: 2}]')],
  ])('%s: did you mean "%s"', (path, word, parts) => {
    expect(findingsIn(parts).map((problem) => [problem.path, problem.fix])).toEqual([
      [path, `did you mean "${word}"?`],
    ]);
  });

  test('every engine is listed', () => {
    expect(findingsIn({ federation: '{engine: none}' })[0]?.expected).toBe('"kubefed", "karmada" or "plain"');
  });
});

describe('the name of a cluster', () => {
  test.each<[string, Parts]>([
    ['workloads.web.placement[0]', { workload: 'placement: [Member]' }],
    ['workloads.web.placement[0]', { workload: 'placement: [membre]' }],
    ['workloads.web.clients[1]', { workload: 'clients: [host, MEMBER]' }],
    ['workloads.web.overrides.Member', { workload: 'overrides: {Member: [{resource: Deployment/web, replicas: 2}]}' }],
  ])('%s: did you mean "member"', (path, parts) => {
    expect(findingsIn(parts).map((problem) => [problem.path, problem.fix])).toEqual([[path, 'did you mean "member"?']]);
  });

  test('of a primary', () => {
    expect(adviceOn({ member: 'network: network2, controlPlane: {remoteOf: Host}' })).toEqual([
      'clusters.member.controlPlane.remoteOf: "Host" -> did you mean "host"?',
    ]);
  });

  test('that is like none is told the names', () => {
    expect(adviceOn({ workload: 'placement: [Nowhere]' })).toEqual([
      'workloads.web.placement[0]: "Nowhere" -> name one of them: host, member',
    ]);
  });
});

describe('a value of the wrong type', () => {
  test.each<[string, string, Parts]>([
    ['name: 123', "put it in quotes: '123'", { name: '123' }],
    ['name: 0123', "put it in quotes: '0123'", { name: '0123' }],
    ['name: true', "put it in quotes: 'true'", { name: 'true' }],
    ['name: "My_Shop"', 'choose such a name: my-shop', { name: 'My_Shop' }],
    ['name: ""', 'write the value between the quotes, such as shop', { name: "''" }],
    ['istio: "1.31.4"', 'write a mapping, such as {version: 1.31.4}', { istio: '1.31.4' }],
    ['istio: ["version"]', 'write a mapping, such as {version: 1.31.4}', { istio: '[version]' }],
    ['federation: "kubefed"', 'write a mapping, such as {engine: kubefed, version: 0.10.0}', { federation: 'kubefed' }],
    [
      'federation.install: "true"',
      'remove the quotes: true',
      { federation: "{engine: kubefed, version: 0.10.0, install: 'true'}" },
    ],
    ['federation.install: "yes"', 'write true', { federation: '{engine: kubefed, version: 0.10.0, install: yes}' }],
    ['clusters.host.ingressGateway: "off"', 'write false', { host: 'network: network1, ingressGateway: off' }],
    ['clusters.host.ingressGateway: 1', 'write true', { host: 'network: network1, ingressGateway: 1' }],
    [
      'clusters.host.gateway.port: "15443"',
      'remove the quotes: 15443',
      { host: "network: network1, gateway: {port: '15443'}" },
    ],
    ['clusters.host.gateway.port: "15_443"', 'write 15443', { host: 'network: network1, gateway: {port: 15_443}' }],
    [
      'clusters.host.gateway.port: 70000',
      'use 15443, or 443 as in the tutorial',
      { host: 'network: network1, gateway: {port: 70000}' },
    ],
    [
      'clusters.host.gateway.port: [15443]',
      'write the value alone: 15443',
      { host: 'network: network1, gateway: {port: [15443]}' },
    ],
    [
      'clusters.host.gateway: "203.0.113.10"',
      'write a mapping, such as {address: 203.0.113.10}',
      { host: 'network: network1, gateway: 203.0.113.10' },
    ],
    [
      'clusters.member.controlPlane: "host"',
      'write a mapping, such as {remoteOf: host}',
      { member: 'network: network2, controlPlane: host' },
    ],
    ['workloads.web.placement: "Member"', 'write it as a list: [member]', { workload: 'placement: Member' }],
    [
      'workloads.web.placement: "host, member"',
      'write it as a list: [host, member]',
      { workload: "placement: 'host, member'" },
    ],
    ['workloads.web.placement: "nowhere"', 'write all, or [host, member]', { workload: 'placement: nowhere' }],
    [
      'workloads.web.placement[0]: "all"',
      'write all without the brackets: "placement: all"',
      { workload: 'placement: [all]' },
    ],
    [
      'workloads.web.overrides: [{"resource":"Deployment/web","replicas":2}]',
      'write a mapping, such as {member: [{resource: Deployment/helloworld, replicas: 3}]}',
      { workload: 'overrides: [{resource: Deployment/web, replicas: 2}]' },
    ],
    [
      'workloads.web.overrides.member: {"resource":"Deployment/web","replicas":2}',
      'write a list, whose entries begin with "- ", such as [{resource: Deployment/helloworld, replicas: 3}]',
      { workload: 'overrides: {member: {resource: Deployment/web, replicas: 2}}' },
    ],
    [
      `${place}.images: ["web:2"]`,
      'write a mapping, such as {helloworld: registry.example/helloworld:2.0}',
      override('images: ["web:2"]'),
    ],
    [
      `${place}.images: "web:2"`,
      'write a mapping, such as {helloworld: registry.example/helloworld:2.0}',
      override('images: "web:2"'),
    ],
    [`${place}.images.wbe: "wbe"`, 'did you mean "web"?', override('images: {wbe: "web:2"}')],
    [`${place}.replicas: "3"`, 'remove the quotes: 3', override("replicas: '3'")],
    [`${place}.labels.version: 2`, "put it in quotes: '2'", override('labels: {version: 2}')],
    [`${place}.env.web.MODE: 0644`, "put it in quotes: '0644'", override('env: {web: {MODE: 0644}}')],
    [`${place}.args.web: "--all"`, 'write it as a list: [--all]', override('args: {web: --all}')],
    [
      `${place}.resource: {"kind":"Deployment"}`,
      'write one value, such as Deployment/helloworld',
      {
        workload: 'overrides: {member: [{resource: {kind: Deployment}, replicas: 2}]}',
      },
    ],
    [
      `${place}.patches: {"path":"/a"}`,
      'write a list, whose entries begin with "- ", such as [{path: /spec/minReadySeconds, value: 5}]',
      override('patches: {path: /a}'),
    ],
    ['images.pullSecrets: "a"', 'write it as a list: [a]', { top: 'images: {pullSecrets: a}' }],
    [
      'images.registries: ["docker.io"]',
      'write a mapping, such as {docker.io: mirror.example/hub}',
      { top: 'images: {registries: [docker.io]}' },
    ],
  ])('%s: %s', (what, fix, parts) => {
    expect(adviceOn(parts)).toEqual([`${what} -> ${fix}`]);
  });

  test('clusters by name are a list of names', () => {
    const clusters = 'clusters:\n  host: {role: host, network: a}\n  member: {role: member, network: b}\n';
    const declaration = `name: a\nistio: {version: 1.31.4}\nfederation: {engine: plain}\n${clusters}`;
    expect(findingsOf({ 'federation.yaml': declaration }).map(({ fix }) => fix)).toEqual([
      'write a list, whose entries begin with "- ": "- name: host"',
    ]);
  });

  test('one manifest is a list of one', () => {
    const files = { 'federation.yaml': declare({}).replace('[web.yaml]', 'web.yaml'), 'web.yaml': webDeployment };
    expect(findingsOf(files).map(({ fix }) => fix)).toEqual(['write it as a list: [web.yaml]']);
  });
});

describe.each(['host', 'member'] as const)('an address of the %s', (cluster) => {
  const network = cluster === 'host' ? 'network1' : 'network2';
  const fixOf = (key: string): readonly string[] =>
    findingsIn({ [cluster]: `network: ${network}, ${key}` }).map(({ path, fix }) => `${path} -> ${fix}`);

  test.each([
    ['203.0.113.0/24', 'leave out "/24": write 203.0.113.0'],
    ['https://lb.example.com', 'leave out "https://": write lb.example.com'],
    ['203.0.113.10:15443', 'leave out ":15443": write 203.0.113.10'],
    ['203.0.113.999', 'correct 999: no number of an IPv4 address is more than 255'],
    ['my_lb', 'copy the name as DNS has it: a hostname has no "_"'],
    ['lb.example.com.', 'leave out the dot at the end: write lb.example.com'],
    ["'[2001:db8::1]'", 'leave out the brackets: write 2001:db8::1'],
    ['203.0.113.010', 'leave out the leading zeros: write 203.0.113.10'],
    ['203.0113', 'write four numbers with a dot between them, such as 203.0.113.10'],
    ["' '", 'write the address alone, such as 203.0.113.10 or lb.example.com'],
    ["''", 'write the value between the quotes, such as 203.0.113.10'],
  ])('%s', (address, fix) => {
    expect(fixOf(`gateway: {address: ${address}}`)).toEqual([`clusters.${cluster}.gateway.address -> ${fix}`]);
    expect(fixOf(`gateway: {address: [${address}]}`)).toEqual([`clusters.${cluster}.gateway.address[0] -> ${fix}`]);
  });

  test('a range of sources', () => {
    expect(fixOf('gateway: {sourceRanges: [198.51.100.7]}')).toEqual([
      `clusters.${cluster}.gateway.sourceRanges[0] -> write 198.51.100.7/32`,
    ]);
  });

  test('an API server', () => {
    expect(fixOf('apiServer: 203.0.113.10:6443')).toEqual([
      `clusters.${cluster}.apiServer -> write https://203.0.113.10:6443`,
    ]);
  });
});

describe('a known key in the wrong place', () => {
  test.each<[string, string, Parts]>([
    ['clusters.member.address', 'move it below gateway', { member: 'network: network2, address: 203.0.113.10' }],
    ['clusters.member.remoteOf', 'move it below controlPlane', { member: 'network: network2, remoteOf: host' }],
    ['topology', 'move it below istio', { top: 'topology: multi-primary' }],
    ['chartRepository', 'move it below istio or federation', { top: 'chartRepository: https://charts.example' }],
    [
      'clusters.member.gateway.ingressGateway',
      'move it out of gateway',
      { member: 'network: network2, gateway: {ingressGateway: true}' },
    ],
    ['istio.trust', 'move it out of istio', { istio: '{version: 1.31.4, trust: {cacerts: existing}}' }],
    ['workloads.web.nonsense', 'remove it', { workload: 'nonsense: 1' }],
  ])('%s: %s', (path, fix, parts) => {
    expect(findingsIn(parts).map((problem) => [problem.path, problem.fix])).toEqual([[path, fix]]);
  });
});

test('a very long value is not repeated', () => {
  const fixes = findingsIn({
    name: '9'.repeat(400),
    host: `network: network1, gateway: {sourceRanges: ${'a'.repeat(400)}}`,
  });
  expect(fixes.map(({ fix }) => fix)).toEqual([
    'choose such a name',
    'write each entry on a line of its own that begins with "- "',
  ]);
});
