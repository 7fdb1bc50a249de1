import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { makeProject } from '../../support/project.ts';
import { runCommand } from '../../support/run-command.ts';
import { prints } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo } from './apply-run.ts';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Fixtures {
  /** Servers to which the default output was applied. */
  readonly servers: Servers;
  /** The output in which the member is leaving. */
  readonly directory: string;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  servers: async ({}, use) => {
    const servers = defaultWorld();
    await applyTo(servers);
    await use(servers);
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  directory: async ({}, use) => {
    const project = makeProject({
      'federation.yaml': read('federation.yaml')
        .replace('network: network2', 'network: network2\n    state: leaving')
        .replace(/^ {4}overrides:\n(?: {6}.*\n)+/m, ''),
      'workloads/helloworld.yaml': read('workloads/helloworld.yaml'),
      'workloads/sleep.yaml': read('workloads/sleep.yaml'),
    });
    const { status, err } = await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
    expect(status, err).toBe(0);
    await use(join(project, 'dist'));
  },
});

const names = (servers: Servers, cluster: string): readonly string[] =>
  servers.cluster(cluster).server.entries.map(({ kind, object }) => `${kind.kind}/${object.metadata.name}`);

test('istiod stops reading a leaving cluster before its workloads are deleted', async ({ servers, directory }) => {
  const from = servers.calls.length;
  const { exitCode, said } = await applyTo(servers, { directory });
  expect(exitCode, said).toBe(0);
  const calls = servers.calls.slice(from);
  const secret = calls.findIndex(({ args }) =>
    args.some((word) => word.endsWith('/secrets/istio-remote-secret-member')),
  );
  // KubeFed deletes the namespace there, with all that is in it.
  const workload = calls.findIndex(({ verb, input }) => verb === 'apply' && input.includes('FederatedNamespace'));
  expect(secret).toBeGreaterThanOrEqual(0);
  expect(workload).toBeGreaterThan(secret);
});

test('a leaving cluster keeps its Istio and its gateway', async ({ servers, directory }) => {
  await applyTo(servers, { directory });
  expect(names(servers, 'member')).toEqual(
    expect.arrayContaining(['MutatingWebhookConfiguration/istio-sidecar-injector', 'Deployment/istio-eastwestgateway']),
  );
  expect(names(servers, 'member')).not.toContain('Deployment/sleep');
});

test('with --only, nothing is deleted in it', async ({ servers, directory }) => {
  expect((await applyTo(servers, { directory, only: ['member'] })).exitCode).toBe(0);
  expect(names(servers, 'member')).toContain('Deployment/sleep');
});

test.for([
  ['still reads it', 'member istio-system/x synced istiod-0', 'it still reads member'],
  ['does not answer', '', 'it does not answer'],
] as const)('nothing is deleted in it while istiod %s', async ([, row, reason], { servers, directory }) => {
  servers.setOnCall((_, { program, verb, args }) =>
    program === 'istioctl' && verb === 'remote-clusters' && !args.includes('--help')
      ? prints(row === '' ? '' : `NAME SECRET STATUS ISTIOD\nhost  synced istiod-0\n${row}\n`)
      : undefined,
  );
  const { exitCode, said } = await applyTo(servers, { directory });
  expect(said).toContain(reason);
  expect(exitCode).toBe(4);
  expect(names(servers, 'member')).toContain('Deployment/sleep');
});

test.for(['dry-run', 'diff'] as const)(
  '--%s names the istiod that would no longer read it, and every deletion',
  async (mode, { servers, directory }) => {
    const before = servers.snapshot();
    const { exitCode, said } = await applyTo(servers, { directory, mode });
    expect(said).toContain('istiod of host would no longer read member');
    expect(said).toMatch(/deletions:\n(.*\n)*.*deployment\.apps\/sleep/i);
    expect(exitCode).toBe(3);
    expect(servers.snapshot()).toEqual(before);
  },
);
