import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockPathOf } from '../../../../constructs/model/documents/lock-path.ts';
import { clusterNamed, environment, type Synthesized } from '../../environment.ts';
import { find, gone, rolledOut } from '../../kubernetes/kubectl.ts';
import { say } from '../../machine/wait.ts';
import { type Counts, callHelloworld, callMeanwhile } from '../../mesh/calls.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { declarationOf, tryCommand } from '../../product/command.ts';
import { tryOperation } from '../../product/operation.ts';
import { synthesize } from '../../product/synthesize.ts';
import { ensureFederation } from '../federation/kubefed.ts';

const declaration = 'test/e2e/suites/membership/membership.yaml';
const root = mkdtempSync(join(tmpdir(), 'mesh-federation-membership-'));
const [joined] = environment().synthesized;
if (joined === undefined) throw new Error('there is no output to apply');
const [without, leaving] = await Promise.all([
  synthesize({ declaration, states: { edge: 'absent' } }, root),
  synthesize({ declaration, states: { edge: 'leaving' } }, root),
]);

const [host, member, edge] = [clusterNamed('host'), clusterNamed('member'), clusterNamed('edge')];
const federated = (...clusters: (typeof host)[]) =>
  ensureFederation(
    host,
    clusters.map((cluster) => ({ name: cluster.name, cluster })),
  );

let trust: Trust;

async function applied(output: Synthesized): Promise<void> {
  const { status, stderr } = await tryOperation(output, ['--cacerts', trust.directory]);
  expect(status, stderr).toBe(0);
}

const called = (from: typeof host): Promise<Counts> => callHelloworld(from, 'sample', 'client', 60);

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const { name } of [host, member, edge]) await trust.issue(name);
  await federated(host, member);
});

afterAll(() => {
  trust.forget();
  rmSync(root, { recursive: true });
});

test('before it joins, its version answers no call', async () => {
  await applied(without);
  for (const from of [host, member]) expect(Object.keys(await called(from))).toEqual(['v1']);
  expect(await find(edge, ['namespace/istio-system'])).toBeUndefined();
});

test('it joins: its block is added, and calls from everywhere reach it', async () => {
  await federated(edge);
  await applied(joined);
  for (const from of [host, member, edge]) expect(Object.keys(await called(from)).sort()).toEqual(['v1', 'v2']);
});

test('its block cannot simply be deleted, even without a lock', async () => {
  const { status, stderr } = await tryOperation(without, []);
  expect([status, stderr]).toEqual([1, expect.stringContaining('edge was in the last apply and is not in this plan')]);
});

describe('it leaves', () => {
  const meanwhile: Record<string, Counts> = {};

  test('and no call fails while it is drained', async () => {
    let drained: Promise<void> | undefined;
    // One rollout, with calls from both clusters.
    const drain = () => (drained ??= applied(leaving));
    const calls = async (from: typeof host) => {
      meanwhile[from.name] = await callMeanwhile(from, 'sample', 'client', drain);
    };
    await Promise.all([calls(host), calls(member)]);
    say(`while edge is drained: ${JSON.stringify(meanwhile)}`);
    for (const counts of Object.values(meanwhile)) expect(Object.keys(counts).sort()).toEqual(['v1', 'v2']);
  });

  test('and the staying clusters answer every call', async () => {
    for (const from of [host, member]) expect(await called(from)).toEqual({ v1: 60 });
  });

  test('and no workload is left there, but its gateway and the access to its primary stay', async () => {
    await gone(edge, ['namespace/sample']);
    expect(await find(edge, ['deployment/client', '--namespace=apart'])).toBeUndefined();
    await rolledOut(edge, 'istio-system', 'istio-eastwestgateway', 10);
    expect(await find(edge, ['mutatingwebhookconfiguration/istio-sidecar-injector'])).toBeDefined();
    expect(await find(host, ['deployment/client', '--namespace=apart'])).toBeDefined();
  });

  test('and a second run changes nothing', async () => {
    await applied(leaving);
    expect(await called(host)).toEqual({ v1: 60 });
  });

  test('and destroy removes the rest of it, and nothing else', async () => {
    const { status, stderr } = await tryOperation(leaving, ['--yes', 'membership', '--only', 'edge'], {
      operation: 'destroy',
    });
    expect(status, stderr).toBe(0);
    await gone(edge, ['namespace/istio-system']);
    expect(await find(edge, ['configmap/mesh-federation-membership', '--namespace=kube-system'])).toBeUndefined();
    for (const from of [host, member]) expect(await called(from)).toEqual({ v1: 60 });
  });

  test('and discover leaves it out of the lock', async () => {
    const { status, stderr } = await tryCommand(leaving, 'discover');
    expect(status, stderr).toBe(0);
    const names = readFileSync(lockPathOf(declarationOf(leaving)), 'utf8').match(/^ {2}\w+(?=:$)/gm);
    expect(names).toEqual(['  host', '  member']);
  });

  test('and its block can be deleted: everything applies without it', async () => {
    await applied(without);
    expect(await find(edge, ['namespace/istio-system'])).toBeUndefined();
  });
});
