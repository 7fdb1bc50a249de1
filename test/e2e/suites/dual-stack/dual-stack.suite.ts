import { beforeAll, describe, expect, test } from 'vitest';
import { clusterNamed, environment } from '../../environment.ts';
import { get } from '../../kubernetes/kubectl.ts';
import { inNetwork } from '../../machine/network.ts';
import { run } from '../../machine/run.ts';
import { say, until } from '../../machine/wait.ts';
import { bound } from '../../mesh/bound.ts';
import { type Callee, callHelloworld } from '../../mesh/calls.ts';
import { endpoints } from '../../mesh/envoy.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { tryCommand } from '../../product/command.ts';
import { applyByCommand } from '../../product/operation.ts';
import { cluster as clusterRow } from '../../tables/clusters.ts';
import { CALLS } from '../topologies/checks.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const [host, member, edge] = [clusterNamed('dual-host'), clusterNamed('dual-member'), clusterNamed('edge')];
const gatewayPort = 15443;

type At = typeof host;

/** What kind of destination an endpoint is: a pod or a gateway, and the family of its address. */
async function destinationsOf(at: At, service: string): Promise<readonly string[]> {
  const found = await endpoints(at, 'sample', 'client', `${service}.sample.svc.cluster.local`, 5000);
  return found
    .map(
      ({ address, port }) =>
        `${port === gatewayPort ? `gateway ${address}` : 'pod'} IPv${address.includes(':') ? 6 : 4}`,
    )
    .sort();
}

async function expectDestinations(at: At, service: string, expected: readonly string[]): Promise<void> {
  await until(`${at.name}: the client's Envoy has for ${service} ${expected}`, 60, async () => {
    const found = await destinationsOf(at, service);
    if (found.join() === [...expected].sort().join()) return true;
    throw new Error(`it has ${found}`);
  });
}

/** Every call is answered, v1 having one of four pods. */
async function expectCalls(at: At, callee: Callee): Promise<void> {
  const counts = await callHelloworld(at, 'sample', 'client', CALLS, callee);
  const said = `${at.name}: of ${CALLS} calls over IPv${callee.family} ${JSON.stringify(counts)}`;
  say(said);
  expect(Object.keys(counts).sort(), said).toEqual(['v1', 'v2']);
  const { low, high } = bound(CALLS, 1 / 4);
  expect(counts.v1, said).toBeGreaterThanOrEqual(low);
  expect(counts.v1, said).toBeLessThanOrEqual(high);
}

/** Connections of this family that a cluster's node has seen to the port of gateways. */
async function connectionsOf(at: At, family: 'ipv4' | 'ipv6'): Promise<number> {
  const words = ['conntrack', '-L', '-f', family, '-p', 'tcp', '--orig-port-dst', String(gatewayPort)];
  return (await run([...inNetwork(at.name), ...words])).split('\n').filter((line) => line !== '').length;
}

const [ipv4Of, ipv6Of] = [(at: At) => clusterRow(at.name).address, (at: At) => clusterRow(at.name).ipv6?.address ?? ''];
const both = (at: At): string[] => [`gateway ${ipv4Of(at)} IPv4`, `gateway ${ipv6Of(at)} IPv6`];

beforeAll(() => applyByCommand(output));

test.each([host, member])('$name: its gateway has an address of each family', async (at) => {
  const { spec, status } = await get<{
    spec: { ipFamilyPolicy: string; ipFamilies: string[] };
    status: { loadBalancer: { ingress: { ip: string }[] } };
  }>(at, [`service/${GATEWAY}`, '--namespace=istio-system']);
  expect([spec.ipFamilyPolicy, spec.ipFamilies]).toEqual(['RequireDualStack', ['IPv4', 'IPv6']]);
  expect(status.loadBalancer.ingress.map(({ ip }) => ip)).toEqual([ipv4Of(at), ipv6Of(at)]);
});

describe("a client's Envoy", () => {
  test('with both families has both addresses of the other gateway', async () => {
    await expectDestinations(host, 'helloworld', ['pod IPv4', ...both(member)]);
    await expectDestinations(member, 'helloworld', ['pod IPv4', 'pod IPv4', 'pod IPv4', ...both(host)]);
  });

  test('has the IPv6 addresses of the pods of its own network, if the Service has no others', async () => {
    await expectDestinations(host, 'helloworld-ipv6', ['pod IPv6', ...both(member)]);
    await expectDestinations(member, 'helloworld-ipv6', ['pod IPv6', 'pod IPv6', 'pod IPv6', ...both(host)]);
  });

  test('with IPv4 only has the IPv4 addresses of the gateways', async () => {
    const ways = [host, member].map((at) => `gateway ${ipv4Of(at)} IPv4`);
    await expectDestinations(edge, 'helloworld', ways);
  });
});

describe(`each version answers its share of ${CALLS} calls`, () => {
  test.each([host, member].flatMap((at) => ([4, 6] as const).map((family) => ({ name: at.name, at, family }))))(
    'from $name over IPv$family',
    ({ at, family }) => expectCalls(at, { family }),
  );

  test.each([host, member])('from $name to a Service with IPv6 only', (at) =>
    expectCalls(at, { service: 'helloworld-ipv6', family: 6 }),
  );

  test('from a cluster with IPv4 only', () => expectCalls(edge, { family: 4 }));

  test('and they have entered both networks in both families', async () => {
    for (const at of [host, member])
      for (const family of ['ipv4', 'ipv6'] as const)
        expect(await connectionsOf(at, family), `${at.name} ${family}`).toBeGreaterThan(0);
  });
});

test('verify finds every link intact and every call answered', async () => {
  const { status, stdout, stderr } = await tryCommand(output, 'verify', ['--path', '/hello']);
  say(stdout);
  expect(status, stderr).toBe(0);
  expect(stdout).not.toMatch(/missing|unexpected/);
});
