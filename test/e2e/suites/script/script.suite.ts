import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockPathOf } from '../../../../constructs/model/documents/lock-path.ts';
import { environment, type Synthesized } from '../../environment.ts';
import { find, get } from '../../kubernetes/kubectl.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { declarationOf, tryCommand } from '../../product/command.ts';
import { copyOf, editManifest, editTable } from '../../product/edited-output.ts';
import { breakLeases } from '../../product/leases.ts';
import { killedAt, tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf } from '../../product/output.ts';
import { wishesOf } from './wishes.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');

let trust: Trust;
const byCommand = (options: readonly string[] = [], what: Synthesized = output) =>
  tryOperation(what, ['--cacerts', trust.directory, ...options]);

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
});

afterAll(() => trust.forget());

describe('on empty clusters', () => {
  test.each(['--dry-run', '--diff'])('%s changes nothing, and reports what it cannot try yet', async (option) => {
    const { status, stderr } = await byCommand([option]);
    expect(stderr).toContain('cannot be tried before earlier steps are taken');
    expect(stderr).toMatch(
      /^nothing was changed; steps that cannot be tried before earlier ones are taken: [1-9]\d*$/m,
    );
    expect(status).toBe(3);
    for (const cluster of clusters) expect(await find(cluster, ['namespace/istio-system'])).toBeUndefined();
  });

  test('a context that is another cluster stops it before the first change', async () => {
    const wrong = ['--context', `host=${member.context}`];
    const { status, stderr } = await byCommand(wrong);
    expect([status, stderr]).toEqual([1, expect.stringContaining('are one cluster')]);
    for (const cluster of clusters) expect(await find(cluster, ['namespace/istio-system'])).toBeUndefined();
  });
});

// During an installation by istioctl, while a gateway's address is awaited, and during a remote's installation.
test.each(['20-control-plane', '30-gateways', '40-remote'])('killed in %s', async (wave) => {
  // Of two killed runs the Leases are removed as the message says, of the last one they end by themselves.
  await breakLeases(clusters);
  await killedAt(output, wave, ['--cacerts', trust.directory]);
});

test('a second run waits for the Lease of the killed one, and takes every remaining step', async () => {
  const { status, stderr } = await byCommand();
  expect(stderr).toMatch(/^warning: (host|member): .+ holds the Lease; waiting for up to 60 s$/m);
  expect(stderr).toContain('70-workloads  member  apply');
  expect(status, stderr).toBe(0);
});

test('and another run changes no object', async () => {
  const before = await wishesOf(output);
  const { status, stderr } = await byCommand(['--prune']);
  expect(status, stderr).toBe(0);
  expect(await wishesOf(output)).toEqual(before);
});

test('--diff has nothing to show', async () => {
  const { status, stdout, stderr } = await byCommand(['--diff']);
  expect([status, stdout], stderr).toEqual([0, '']);
});

describe('a declaration that has one object less', () => {
  const less = copyOf(output, 'less');

  beforeAll(() => {
    const kustomization = '70-workloads/kustomization.yaml';
    editManifest(less, 'member', kustomization, (text) => text.replace('  - client.yaml\n', ''));
    editTable(less, 'objects.tsv', (text) =>
      text.replace(/^member\t70-workloads\tapps\tDeployment\tsample\tclient\n/m, ''),
    );
  });

  test('without --prune it stays', async () => {
    expect((await byCommand(['--from', '70-workloads'], less)).status).toBe(0);
    expect(await find(member, ['deployment/client', '--namespace=sample'])).toBeDefined();
  });

  test('--prune deletes only that object, from any machine', async () => {
    const { status, stderr } = await byCommand(['--from', '70-workloads', '--prune'], less);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/^prune {2}member\n {2}deployment\.apps\/client deleted$/m);
    expect(await find(member, ['deployment/client', '--namespace=sample'])).toBeUndefined();
    expect(await find(host, ['deployment/client', '--namespace=sample'])).toBeDefined();
    expect(await find(member, ['deployment/helloworld-v2', '--namespace=sample'])).toBeDefined();
  });
});

test('discover records the facts of the clusters', async () => {
  const { status, stderr } = await tryCommand(output, 'discover');
  expect(status, stderr).toBe(0);
  const text = readFileSync(lockPathOf(declarationOf(output)), 'utf8');
  for (const cluster of clusters) {
    const { metadata } = await get<{ metadata: { uid: string } }>(cluster, ['namespace/kube-system']);
    expect(text).toContain(`uid: "${metadata.uid}"`);
  }
  expect(text.match(/gatewayAddress: "[0-9.]+"/g)).toHaveLength(2);
  expect(new Set(text.match(/rootFingerprint: "[0-9a-f]{64}"/g)).size).toBe(1);
});
