import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';
import { say } from '../../machine/wait.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { tryCommand } from '../../product/command.ts';
import { tryOperation } from '../../product/operation.ts';
import { clustersOf } from '../../product/output.ts';
import { faults } from './faults.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to verify');

const verify = (options: readonly string[] = []) => tryCommand(output, 'verify', ['--path', '/hello', ...options]);

interface Verdict {
  readonly ok: boolean;
  readonly endpoints: readonly { client: string; serving: string; state: string; calls: number | null }[];
  readonly problems: readonly { problem: string; fix: string }[];
}

let trust: Trust;

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
});

afterAll(() => trust.forget());

test('verify says that nothing is applied yet, and ends', async () => {
  const { status, stderr } = await verify(['--timeout', '1']);
  expect([status, stderr]).toEqual([1, expect.stringContaining('remote secret: host has no Secret')]);
});

test('from empty clusters to counted calls with apply and verify alone', async () => {
  const applied = await tryOperation(output, ['--cacerts', trust.directory]);
  expect(applied.status, applied.stderr).toBe(0);
  const { status, stdout, stderr } = await verify(['--calls', '200', '--json']);
  say(stdout);
  expect(status, stderr).toBe(0);
  const { ok, endpoints, problems } = JSON.parse(stdout) as Verdict;
  expect([ok, problems]).toEqual([true, []]);
  expect(endpoints.map(({ client, serving, state }) => `${client} ${serving} ${state}`)).toEqual([
    'host host ok',
    'host member ok',
    'member host ok',
    'member member ok',
  ]);
  // One pod here, three pods there: the bound of the topologies' suite for a quarter of 200 calls.
  const callsTo = (serving: string) =>
    endpoints.filter((one) => one.serving === serving).map(({ calls }) => calls ?? 0);
  for (const calls of callsTo('host')) expect(calls).toBeGreaterThanOrEqual(22);
  for (const calls of callsTo('host')) expect(calls).toBeLessThanOrEqual(82);
  for (const client of ['host', 'member']) {
    const own = endpoints.filter((one) => one.client === client);
    expect(own.reduce((sum, { calls }) => sum + (calls ?? 0), 0)).toBe(200);
  }
});

describe('verify names each fault, and finds none after its repair', () => {
  test.each(faults)('$name', async ({ inject, named, mend }) => {
    await inject();
    try {
      const { status, stderr } = await verify(['--timeout', '20', '--calls', '20']);
      expect([status, stderr]).toEqual([1, expect.stringMatching(named)]);
    } finally {
      await mend((options) => tryOperation(output, ['--cacerts', trust.directory, ...options]));
    }
    const { status, stdout, stderr } = await verify();
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});

test('verify names an address that is not the one of the lock', async () => {
  const table = join(output.directory, 'gateways.tsv');
  const rows = readFileSync(table, 'utf8');
  writeFileSync(table, rows.replaceAll('gateway-address:member:', '203.0.113.99:'));
  const { status, stderr } = await verify(['--timeout', '1', '--calls', '0']);
  writeFileSync(table, rows);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/gateway address: the gateway of member is at [0-9.]+:15443, expected 203\.0\.113\.99:15443/),
  ]);
});

test('verify has changed nothing: the gateways still have their Services', async () => {
  for (const name of clustersOf(output)) {
    const cluster = environment().clusters.find((one) => one.name === name);
    if (cluster === undefined) throw new Error(`no cluster ${name}`);
    await kubectl(cluster, ['get', `service/${GATEWAY}`, '--namespace=istio-system']);
  }
});
