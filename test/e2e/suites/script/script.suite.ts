import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockPathOf } from '../../../../constructs/model/documents/lock-path.ts';
import { environment, type Synthesized } from '../../environment.ts';
import { find, get } from '../../kubernetes/kubectl.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { declarationOf, tryCommand } from '../../product/command.ts';
import { clusterFor, clustersOf } from '../../product/output.ts';
import { killedAt, tryScript } from '../../product/script.ts';
import { wishesOf } from './wishes.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');

let trust: Trust;
const byScript = (options: readonly string[] = [], what: Synthesized = output) =>
  tryScript(what, ['--cacerts', trust.directory, ...options]);

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
});

afterAll(() => trust.forget());

describe('on empty clusters', () => {
  test.each(['--dry-run', '--diff'])('%s changes nothing, and reports what it cannot try yet', async (option) => {
    const { status, stderr } = await byScript([option]);
    expect(stderr).toContain('cannot be tried before earlier steps are taken');
    expect(status).toBe(1);
    for (const cluster of clusters) expect(await find(cluster, ['namespace/istio-system'])).toBeUndefined();
  });

  test('a context that is another cluster stops it before the first change', async () => {
    const wrong = ['--context', `host=${member.context}`];
    const { status, stderr } = await byScript(wrong);
    expect([status, stderr]).toEqual([1, expect.stringContaining('are one cluster')]);
    for (const cluster of clusters) expect(await find(cluster, ['namespace/istio-system'])).toBeUndefined();
  });
});

// During an installation by istioctl, while a gateway's address is awaited, and during a remote's installation.
test.each(['20-control-plane', '30-gateways', '40-remote'])('killed in %s', async (wave) => {
  await killedAt(output, wave, ['--cacerts', trust.directory]);
});

test('a second run takes every remaining step', async () => {
  const { status, stderr } = await byScript();
  expect(stderr).toContain('70-workloads  member  apply');
  expect(status, stderr).toBe(0);
});

test('and another run changes no object', async () => {
  const before = await wishesOf(output);
  const { status, stderr } = await byScript(['--prune']);
  expect(status, stderr).toBe(0);
  expect(await wishesOf(output)).toEqual(before);
});

test('--diff has nothing to show', async () => {
  const { status, stdout } = await byScript(['--diff']);
  expect([status, stdout]).toEqual([0, '']);
});

describe('a declaration that has one object less', () => {
  const less = { ...output, directory: `${output.directory}-less` };

  beforeAll(() => {
    cpSync(output.directory, less.directory, { recursive: true });
    const kustomization = join(less.directory, 'member/70-workloads/kustomization.yaml');
    writeFileSync(kustomization, readFileSync(kustomization, 'utf8').replace('  - client.yaml\n', ''));
    const table = join(less.directory, 'objects.tsv');
    const rows = readFileSync(table, 'utf8').split('\n');
    writeFileSync(
      table,
      rows.filter((row) => !/^member\t70-workloads\tapps\tDeployment\tsample\tclient$/.test(row)).join('\n'),
    );
  });

  test('without --prune it stays', async () => {
    expect((await byScript(['--from', '70-workloads'], less)).status).toBe(0);
    expect(await find(member, ['deployment/client', '--namespace=sample'])).toBeDefined();
  });

  test('--prune deletes only that object, from any machine', async () => {
    const { status, stderr } = await byScript(['--from', '70-workloads', '--prune'], less);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('member: delete Deployment.apps/client');
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
