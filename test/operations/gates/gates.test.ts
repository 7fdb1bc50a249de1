import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../constructs/plan/steps/gate.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { holdGates } from '../../../operations/gates/hold-gates.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import { fails, never, prints } from '../../support/servers/interruptions.ts';
import { hold } from '../../support/servers/make-world.ts';
import type { Servers } from '../../support/servers/servers.ts';
import type { FakeCluster } from '../../support/servers/world.ts';
import { cacerts, namespace } from '../../support/servers/worlds/registered.ts';
import { failureOf, stepOn, stepsRun } from '../steps/steps-run.ts';
import { deployment, gated, said, world } from './gates-run.ts';

const planned = (name: string) => ({
  ...{ cluster: 'host', wave: '70-workloads', group: 'apps', kind: 'Deployment', namespace: 'shop', name },
});

/** Changes the host at a time. Its controllers act when they see a change. */
function at(servers: Servers, milliseconds: number, change: (host: FakeCluster) => void): void {
  servers.setOnCall(() => {
    if (servers.clock.now() <= milliseconds) return undefined;
    servers.setOnCall(undefined);
    change(servers.cluster('host'));
    hold(servers.cluster('host').server, namespace(`seen-${milliseconds}`));
    servers.settle();
    return undefined;
  });
}

const questionsOf = (servers: Servers, from = 0): readonly string[] =>
  servers.calls.slice(from).map(({ context, program, verb }) => `${context} ${program} ${verb}`);

describe('a gate', () => {
  test.each<[Gate, string]>([
    [{ kind: 'istiod-available' }, 'deployment istio-system/istiod: it does not exist'],
    [{ kind: 'rolled-out' }, 'deployment shop/cart: it does not exist'],
    [{ kind: 'gateway-address-known', expected: [], onlyIp: false }, 'the gateway of host has no address'],
    [
      { kind: 'injector-available' },
      'host has no mutatingwebhookconfigurations.admissionregistration.k8s.io istio-sidecar-injector',
    ],
  ])('%j ends in its time with the last reason', async (gate, reason) => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], objects: [planned('cart')] });
    const began = servers.clock.now();
    const failure = await failureOf(holdGates(run, [gated(gate)], said));
    expect(failure?.kind).toBe('timed-out');
    expect(failure?.problem.problem).toBe(`host: waited 60 s: ${reason}`);
    expect(servers.clock.now() - began).toBeLessThanOrEqual(62_000);
  });

  test.each<[Gate]>([
    [{ kind: 'istiod-available' }],
    [{ kind: 'rolled-out' }],
    [{ kind: 'gateway-address-known', expected: [], onlyIp: false }],
    [{ kind: 'injector-available' }],
  ])('%j ends when the end is asked for', async (gate) => {
    const servers = world();
    const stop = makeStop();
    const run = { ...(await stepsRun(servers, { steps: [], objects: [planned('cart')] })), stop };
    const held = failureOf(holdGates(run, [gated(gate)], said));
    setTimeout(() => stop.request('Ctrl-C'), 20);
    expect((await held)?.kind).toBe('stopped');
  });

  test('asks one question about all objects of a step', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const servers = world({ holds: names.map((name) => deployment(name, 'shop')) });
    const run = await stepsRun(servers, { steps: [], objects: names.map(planned) });
    await holdGates(run, [gated({ kind: 'rolled-out' })], said);
    const before = servers.calls.length;
    await holdGates(run, [gated({ kind: 'rolled-out' })], said);
    expect(questionsOf(servers, before)).toEqual(['host kubectl get']);
  });

  test('holds when what it waits for comes late', async () => {
    const servers = world({ unavailable: ['shop/cart'], holds: [deployment('cart', 'shop', 2)] });
    at(servers, 30_000, (host) => {
      host.unavailable = [];
    });
    const run = await stepsRun(servers, { steps: [], objects: [planned('cart')] });
    expect(await failureOf(holdGates(run, [gated({ kind: 'rolled-out' })], said))).toBeNull();
    expect(servers.clock.now()).toBeGreaterThan(30_000);
  });

  test('goes on after questions that failed', async () => {
    const servers = world({ holds: [deployment('cart', 'shop')] });
    const run = await stepsRun(servers, { steps: [], objects: [planned('cart')] });
    const odd = [fails('error: net/http: TLS handshake timeout'), never(), prints('{"kind":"Nonsense"}'), prints('')];
    servers.setOnCall((_, { verb }) => (verb === 'get' ? odd.shift() : undefined));
    expect(await failureOf(holdGates(run, [gated({ kind: 'rolled-out' })], said))).toBeNull();
  });
});

describe('the address of a gateway', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istio-eastwestgateway', namespace: 'istio-system' },
    spec: { type: 'LoadBalancer', ports: [{ port: 15443 }], selector: { app: 'istio-eastwestgateway' } },
  };
  const gateway = [service, deployment('istio-eastwestgateway', 'istio-system')];

  test('is one of the expected ones', async () => {
    const servers = world({ holds: gateway, address: '203.0.113.7' });
    const run = await stepsRun(servers, { steps: [] });
    const hold = (expected: readonly string[]) =>
      failureOf(holdGates(run, [gated({ kind: 'gateway-address-known', expected, onlyIp: false })], said));
    expect(await hold([])).toBeNull();
    expect(await hold(['203.0.113.9', '203.0.113.7'])).toBeNull();
    expect((await hold(['203.0.113.9']))?.problem).toEqual({
      problem: 'host: the address of the gateway is 203.0.113.7, expected 203.0.113.9',
      fix: 'correct clusters[].gateway.address of host',
    });
  });

  test('is waited for, and then its pods', async () => {
    const servers = world({ holds: gateway, address: null, unavailable: ['istio-system/istio-eastwestgateway'] });
    at(servers, 20_000, (host) => {
      host.address = '203.0.113.7';
      at(servers, 40_000, (same) => {
        same.unavailable = [];
      });
    });
    const run = await stepsRun(servers, { steps: [] });
    expect(
      await failureOf(holdGates(run, [gated({ kind: 'gateway-address-known', expected: [], onlyIp: false })], said)),
    ).toBeNull();
    expect(servers.clock.now()).toBeGreaterThan(40_000);
  });
});

test('the gateway of istioctl on Istio 1.7 is one, too', async () => {
  const name = 'istio-ingressgateway';
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'istio-system' },
    spec: { type: 'LoadBalancer', ports: [{ port: 15443 }], selector: { app: name } },
  };
  const servers = world({ holds: [service, deployment(name, 'istio-system')] });
  const run = await stepsRun(servers, { steps: [] });
  expect(
    await failureOf(holdGates(run, [gated({ kind: 'gateway-address-known', expected: [], onlyIp: false })], said)),
  ).toBeNull();
});

describe('the CA', () => {
  test('must be there when nobody delivers it', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [] });
    const failure = await failureOf(holdGates(run, [gated({ kind: 'cacerts-present' })], said));
    expect(failure?.kind).toBe('failed');
    expect(failure?.problem.problem).toBe('host: there is no Secret istio-system/cacerts');
    expect(failure?.problem.fix).toContain('--cacerts DIRECTORY');
  });

  test('is waited for in every cluster when an engine delivers it', async () => {
    const servers = world({ holds: [cacerts()] });
    const secret = { brings: 'object', group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts' } as const;
    const step = gated({ kind: 'cacerts-present' }, { brings: [{ ...secret, isEverywhere: true }] });
    const run = await stepsRun(servers, { steps: [] });
    const failure = await failureOf(holdGates(run, [step], said));
    expect(failure?.problem.problem).toBe('member: waited 60 s: there is no Secret istio-system/cacerts');
    hold(servers.cluster('member').server, cacerts());
    expect(await failureOf(holdGates(run, [step], said))).toBeNull();
  });

  test('stays on the server: only its name is asked for', async () => {
    const servers = world({ holds: [cacerts()] });
    const run = await stepsRun(servers, { steps: [] });
    await holdGates(run, [gated({ kind: 'cacerts-present' })], said);
    expect(servers.calls.at(-1)?.args).toContain('--output=name');
  });
});

describe('what istiod reads', () => {
  const readBy = (name: string, kind: 'registry-synced' | 'registry-gone'): Step => ({
    ...stepOn('host', 'discovery', { gate: { kind } }),
    action: 'remote-secret',
    read: { name, istioCluster: name, apiServer: null },
    isRemote: false,
  });
  const table = (...rows: readonly string[]): string => ['NAME   SECRET   STATUS   ISTIOD', ...rows, ''].join('\n');
  const row = (name: string, state: string): string => `${name}   istio-system/s-${name}   ${state}   istiod-0`;

  async function holdWith(text: () => string, kind: 'registry-synced' | 'registry-gone', names = ['member']) {
    const servers = world();
    servers.setOnCall((_, { program, args }) =>
      program === 'istioctl' && !args.includes('--help') ? prints(text()) : undefined,
    );
    const run = await stepsRun(servers, { steps: [] });
    const [first = '', ...others] = names;
    const steps = [readBy(first, kind), ...others.map((name) => readBy(name, kind))] as const;
    return { servers, failure: await failureOf(holdGates(run, [...steps], said)) };
  }

  test('is asked once for all clusters that it shall read', async () => {
    const text = table(row('member', 'synced'), row('other', 'synced'));
    const { servers, failure } = await holdWith(() => text, 'registry-synced', ['member', 'other']);
    expect(failure).toBeNull();
    expect(servers.calls.filter(({ program }) => program === 'istioctl')).toHaveLength(2);
  });

  test('is not synced before every one of them is', async () => {
    const text = table(row('member', 'synced'), row('other', 'timeout'));
    const { failure } = await holdWith(() => text, 'registry-synced', ['member', 'other']);
    expect(failure?.kind).toBe('timed-out');
    expect(failure?.problem.problem).toBe('istiod of host: waited 60 s: it does not read other');
  });

  test('is gone when istiod no longer lists it', async () => {
    expect((await holdWith(() => table(row('host', 'synced')), 'registry-gone')).failure).toBeNull();
    const { failure } = await holdWith(() => table(row('member', 'synced')), 'registry-gone');
    expect(failure?.problem.problem).toBe('istiod of host: waited 60 s: it still reads member');
  });

  test('is not gone because istiod does not answer', async () => {
    const { failure } = await holdWith(() => '', 'registry-gone');
    expect(failure?.problem.problem).toBe('istiod of host: waited 60 s: it does not answer');
  });

  test.each([
    ['does not know the command', fails('unknown command'), null],
    // A machine with much to do is no old istioctl.
    ['does not end', never(), 'timed-out'],
  ])('with an istioctl whose help %s', async (_, help, kind) => {
    const servers = world();
    servers.setOnCall((_index, { program, args }) => {
      if (program !== 'istioctl') return undefined;
      return args.includes('--help') ? help : prints(table(row('host', 'synced')));
    });
    const run = await stepsRun(servers, { steps: [] });
    const lines: string[] = [];
    const failure = await failureOf(holdGates(run, [readBy('member', 'registry-synced')], (line) => lines.push(line)));
    expect(failure?.kind ?? null).toBe(kind);
    expect(lines).toEqual(kind === null ? ['this istioctl cannot tell whether istiod reads the clusters'] : []);
  });
});

describe('a remote that the primary reads', () => {
  const synced = 'NAME   SECRET   STATUS   ISTIOD\nmember   istio-system/s   synced   istiod-0\n';
  const webhook = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'istio-sidecar-injector' },
    webhooks: [],
  };
  const step: Step = {
    ...stepOn('host', 'discovery', { gate: { kind: 'registry-synced' } }),
    action: 'remote-secret',
    read: { name: 'member', istioCluster: 'member', apiServer: null },
    isRemote: true,
  };

  async function holdWith(trial: ReturnType<typeof prints> | undefined, ...holds: object[]) {
    const servers = world();
    for (const object of holds) hold(servers.cluster('member').server, object);
    servers.setOnCall((_, { program, verb, args }) => {
      if (program === 'istioctl' && !args.includes('--help')) return prints(synced);
      return verb === 'run' ? trial : undefined;
    });
    const run = await stepsRun(servers, { steps: [] });
    return { servers, failure: await failureOf(holdGates(run, [step], said)) };
  }

  test('injects a pod that its server creates in a dry run', async () => {
    const { servers, failure } = await holdWith(undefined, webhook);
    expect(failure).toBeNull();
    const tried = servers.calls.filter(({ verb }) => verb === 'run');
    expect(tried.map(({ context, isChange }) => [context, isChange])).toEqual([['member', false]]);
    expect(tried[0]?.args).toEqual(expect.arrayContaining(['--dry-run=server', '--namespace=istio-system']));
  });

  test.each<[string, ReturnType<typeof prints> | undefined, readonly object[], string]>([
    ['has no webhook', undefined, [], 'a pod gets no proxy: nobody injects it'],
    [
      'has a webhook that its API server cannot call',
      fails('Error from server (InternalError): failed calling webhook: endpoints "istiod" not found'),
      [webhook],
      'endpoints "istiod" not found',
    ],
    ['answers with another form', prints('{"spec":{"containers":{}}}'), [webhook], 'its answer has another form'],
    [
      'answers with another container',
      prints('{"spec":{"containers":[{"name":"x","image":"a/b"}]}}'),
      [webhook],
      'nobody',
    ],
  ])('stops the plan if it %s', async (_, trial, holds, reason) => {
    const { failure } = await holdWith(trial, ...holds);
    expect(failure?.kind).toBe('timed-out');
    expect(failure?.problem.problem).toContain('member: waited 60 s: a pod gets no proxy');
    expect(failure?.problem.problem).toContain(reason);
    expect(failure?.problem.problem).toContain('port 15017 of the gateway of its primary');
  });
});

describe('steps without a condition of their own', () => {
  test('wait for nothing', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [] });
    const before = servers.calls.length;
    for (const kind of ['preflight-passed', 'endpoints-match'] as const) await holdGates(run, [gated({ kind })], said);
    await holdGates(run, [{ ...gated({ kind: 'rolled-out' }), gate: null }], said);
    expect(servers.calls).toHaveLength(before);
  });
});
