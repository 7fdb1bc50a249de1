import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockPathOf } from '../../../../constructs/model/documents/lock-path.ts';
import { environment, type Synthesized } from '../../environment.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';
import { say } from '../../machine/wait.ts';
import { declarationOf, tryCommand } from '../../product/command.ts';
import { tryOperation } from '../../product/operation.ts';
import { synthesize } from '../../product/synthesize.ts';
import {
  balancers,
  type Clouds,
  callInPlainText,
  expectCounted,
  expectVerified,
  gateways,
  host,
  member,
  startClouds,
} from './mesh.ts';
import { cutInjector, giveExternalAddress, nodePortOf } from './node.ts';

const declaration = 'test/e2e/suites/clouds/clouds.yaml';
const [injectedByPrimary] = environment().synthesized;
if (injectedByPrimary === undefined) throw new Error('there is no output to apply');
const root = mkdtempSync(join(tmpdir(), 'mesh-federation-clouds-'));
const local = { controlPlane: { remoteOf: 'host', injector: 'local' } };
const [injectedLocally, onNodePorts] = await Promise.all([
  synthesize({ declaration, clusters: { member: local } }, join(root, 'local')),
  synthesize({ declaration, clusters: { member: { ...local, gateway: { type: 'NodePort' } } } }, join(root, 'ports')),
]);

let clouds: Clouds;

beforeAll(async () => {
  clouds = await startClouds();
});

afterAll(async () => {
  await clouds.end();
  rmSync(root, { recursive: true });
});

async function expectApplied(output: Synthesized): Promise<void> {
  const { status, stderr } = await clouds.apply(output);
  expect(status, stderr).toBe(0);
}

const refused = 1;
const timedOut = 4;

/** Apply stops with this exit code, and its messages have all of these. */
async function expectStopped(output: Synthesized, code: number, messages: readonly RegExp[]): Promise<void> {
  const { status, stderr } = await clouds.apply(output, ['--timeout', '30']);
  say(stderr);
  expect(status, stderr).toBe(code);
  for (const message of messages) expect(stderr).toMatch(message);
}

describe('a remote into which its primary injects', () => {
  test("with a hostname for the primary's gateway: apply stops before it installs the remote", async () => {
    const ways = [/reserve an IP address/, /injector: local/, /topology: multi-primary/];
    const where = [/stopped in wave 30-gateways on cluster host/, /the hostname host\.balancer\.example/];
    await expectStopped(injectedByPrimary, refused, [...where, ...ways]);
    const inside = ['get', 'deployments,services', '--namespace=istio-system', '--output=name'];
    expect(await kubectl(member, inside)).toBe('');
    expect(await kubectl(member, ['get', 'mutatingwebhookconfigurations', '--output=name'])).not.toMatch(/istio/);
  });

  test('with an IP address as well, and an injector that it does not reach: apply stops at the gate', async () => {
    await clouds.host.tell(balancers.host);
    const connect = await cutInjector(member);
    try {
      await expectStopped(injectedByPrimary, timedOut, [
        /stopped in wave 45-discovery on cluster host/,
        /member: .*a pod gets no proxy: .*failed calling webhook/,
      ]);
      expect(await kubectl(member, ['get', 'deployments', '--all-namespaces', '--output=name'])).toBe('');
    } finally {
      await connect();
    }
  });

  test('once it reaches the injector: apply completes, and calls take the IP address', async () => {
    await expectApplied(injectedByPrimary);
    await expectCounted(gateways);
  });

  test('discover and verify take it, too', async () => {
    const { status, stderr } = await tryCommand(injectedByPrimary, 'discover');
    expect(status, stderr).toBe(0);
    const lock = readFileSync(lockPathOf(declarationOf(injectedByPrimary)), 'utf8');
    for (const { ip, hostname } of Object.values(balancers)) {
      expect(lock).toMatch(new RegExp(`gatewayAddress: "${ip}"`));
      expect(lock).not.toContain(hostname);
    }
    await expectVerified(injectedByPrimary);
  });

  // The whole mesh is STRICT: every counted call before this one was encrypted.
  test.each([host, member])('$name: the proxy of a pod resets a call in plain text', async (at) => {
    const { status, stdout } = await callInPlainText(at);
    expect([status, stdout]).toEqual([56, '']);
  });

  test('destroy removes it', async () => {
    const { status, stderr } = await tryOperation(injectedByPrimary, ['--yes', 'clouds'], { operation: 'destroy' });
    expect(status, stderr).toBe(0);
  });
});

describe('a remote with an injector of its own', () => {
  test('with hostnames for both gateways: apply completes, and calls reach the addresses of the names', async () => {
    for (const at of ['host', 'member'] as const) await clouds[at].tell({ hostname: balancers[at].hostname });
    await expectApplied(injectedLocally);
    await expectCounted(gateways);
    await expectVerified(injectedLocally);
  });

  test('with a gateway on node ports, and no external address of a node: the gate names the way out', () =>
    expectStopped(onNodePorts, timedOut, [
      /stopped in wave 50-remote-gateways on cluster member/,
      /no node has one of type ExternalIP\b/,
      /type: ExternalIPs/,
    ]));

  test('once the node has an external address: apply completes, and calls reach it', async () => {
    const external = await giveExternalAddress(member);
    await expectApplied(onNodePorts);
    await expectCounted({ ...gateways, [member.network]: `${external}:${await nodePortOf(member, 15443)}` });
    await expectVerified(onNodePorts);
  });
});
