import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionOf } from '../../build/chosen.ts';
import { environment } from '../../environment.ts';
import { get, kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import { say, until } from '../../machine/wait.ts';
import { bound } from '../../mesh/bound.ts';
import { type Counts, callHelloworld } from '../../mesh/calls.ts';
import { endpoints } from '../../mesh/envoy.ts';
import { applyByCommand } from '../../product/operation.ts';
import { clusterFor } from '../../product/output.ts';
import { setLocality, setNotReady } from './member-pods.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const [host, member] = [clusterFor(output, 'host'), clusterFor(output, 'member')];

const CALLS = 200;
const SWITCH = 'PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS';
const isOnUpstream = Number(versionOf('istio').split('.')[1]) >= 31;

/**
 * Waits until the client's Envoy gives the member's gateway this weight, besides the host's one pod. Weight 0 means no
 * gateway.
 */
async function expectGateway(weight: number): Promise<void> {
  const expected = weight === 0 ? [1] : [1, weight];
  await until(`the pod and the gateway have the weights ${expected}`, 60, async () => {
    const found = await endpoints(host, 'sample', 'client', 'helloworld.sample.svc.cluster.local', 5000);
    const pods = found.filter(({ port }) => port === 5000);
    const gateways = found.filter(({ port }) => port !== 5000);
    const weights = [...pods, ...gateways].map((one) => one.weight);
    if (JSON.stringify(weights) === JSON.stringify(expected)) return true;
    throw new Error(`they have ${weights}`);
  });
}

/** Counts calls from the host: all are answered, and the share of local answers follows the weights. */
async function expectCalls(what: string, gatewayWeight: number): Promise<Counts> {
  await expectGateway(gatewayWeight);
  const counts = await callHelloworld(host, 'sample', 'client', CALLS);
  const share = 1 / (1 + gatewayWeight);
  const { low, high } = bound(CALLS, share);
  const said = `Istio ${versionOf('istio')}, ${what}: weight ${gatewayWeight}, of ${CALLS} calls ${JSON.stringify(counts)}`;
  say(said);
  const home = counts.v1 ?? 0;
  expect(counts.failed, said).toBeUndefined();
  expect(home + (counts.v2 ?? 0), said).toBe(CALLS);
  expect(home, said).toBeGreaterThanOrEqual(low);
  expect(home, said).toBeLessThanOrEqual(high);
  return counts;
}

async function variableOfIstiod(): Promise<string | undefined> {
  const istiod = await get<{
    spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
  }>(host, ['deployment/istiod', '--namespace=istio-system']);
  const env = istiod.spec.template.spec.containers.flatMap((container) => container.env);
  return env.find(({ name }) => name === SWITCH)?.value;
}

/** Sets the variable of istiod, or removes it as in upstream's default. */
async function setVariable(value: string | undefined): Promise<void> {
  const word = value === undefined ? `${SWITCH}-` : `${SWITCH}=${value}`;
  await kubectl(host, ['set', 'env', 'deployment/istiod', '--namespace=istio-system', word]);
  await rolledOut(host, 'istio-system', 'istiod');
}

beforeAll(() => applyByCommand(output));

test('with one pod here and three there, calls follow the number of pods', async () => {
  await expectCalls('all ready', 3);
});

describe('pods of another network that are not ready', () => {
  const safe = isOnUpstream ? 'false' : undefined;
  afterAll(async () => {
    await setNotReady(member, 0);
    await setVariable(safe);
  });

  test('with the output unchanged, they get no calls', async () => {
    expect(await variableOfIstiod()).toBe(safe);
    await setNotReady(member, 1);
    await expectCalls('as in the output, one of three not ready', 2);
    await setNotReady(member, 3);
    await expectCalls('as in the output, none ready', 0);
  });

  test(`with upstream's default, they ${isOnUpstream ? 'count like the others, and get calls' : 'get none either'}`, async () => {
    await setVariable(undefined);
    await setNotReady(member, 0);
    await expectGateway(3);
    await setNotReady(member, 1);
    await expectCalls('as upstream has it, one of three not ready', isOnUpstream ? 3 : 2);
    await setNotReady(member, 3);
    await expectCalls('as upstream has it, none ready', isOnUpstream ? 3 : 0);
  });
});

describe('pods of another network in two zones', () => {
  const apart = 'helloworld-v2-apart';

  test('only pods of the first zone by name count', async () => {
    await setLocality(member, apart, 'region-2.region-2b');
    await expectCalls('two in zone a, one in zone b', 2);
    await setLocality(member, 'helloworld-v2', 'region-2.region-2b');
    await setLocality(member, apart, 'region-2.region-2a');
    await expectCalls('one in zone a, two in zone b', 1);
  });

  test('all pods count if a label gives them one locality', async () => {
    for (const deployment of ['helloworld-v2', apart]) await setLocality(member, deployment, 'region-2');
    await expectCalls('one label for all', 3);
  });
});
