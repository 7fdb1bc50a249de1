import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../constructs/plan/steps/gate.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { holdGates } from '../../../operations/gates/hold-gates.ts';
import type { PlannedObject } from '../../../operations/plan/planned-objects.ts';
import { prints } from '../../support/servers/interruptions.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { failureOf, stepOn, stepsRun } from '../steps/steps-run.ts';

/** Random answers for each gate; more of them come with `HOSTILE_RUNS`. */
const runs = Number(process.env.HOSTILE_RUNS ?? 12);

const said = (line: string): void => void line;

/** Texts that a shell, a terminal, a program or arithmetic would obey. */
const hostileTexts = [
  'BASHPID[$(id >PWNED; echo 0)]',
  '08',
  '0x10',
  '1e3',
  '--context=member',
  '-A',
  '$(id)',
  '`id`',
  '; id',
  '\u001b]0;x\u0007',
  '\u001b[2J',
  '\n',
  '\u202e',
  '__proto__',
  'x'.repeat(100_000),
];
const hostileNumbers = [-1, 0.5, 1e21, Number.MAX_SAFE_INTEGER + 2, 2_000_000];
const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(...hostileTexts, ...hostileNumbers, null, true, [], {}, [[]], { toString: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const gates: readonly Gate[] = [
  { kind: 'istiod-available' },
  { kind: 'rolled-out' },
  { kind: 'gateway-address-known', expected: [], onlyIp: false },
  { kind: 'gateway-address-known', expected: ['203.0.113.1'], onlyIp: false },
  { kind: 'injector-available' },
  { kind: 'types-enabled' },
  { kind: 'cacerts-present' },
  { kind: 'propagated', clusters: ['host'] },
  { kind: 'registration-ready' },
  { kind: 'registry-synced' },
  { kind: 'registry-gone' },
];

const planned = (group: string, kind: string, name: string): PlannedObject => ({
  ...{ cluster: 'host', wave: '70-workloads', namespace: 'shop', group, kind, name },
});
const objects = [
  planned('apps', 'Deployment', 'cart'),
  { ...planned('apiextensions.k8s.io', 'CustomResourceDefinition', 'things.example'), namespace: null },
  planned('core.kubefed.io', 'FederatedTypeConfig', 'services'),
  planned('types.kubefed.io', 'FederatedService', 'cart'),
];

function stepWith(gate: Gate, engine: string | null): Step {
  const base = stepOn('host', 'workloads', { gate, engine });
  if (gate.kind === 'registration-ready')
    return {
      ...base,
      engine: engine ?? 'kubefed',
      action: 'join',
      joining: { name: 'host', federationCluster: 'host', apiServer: null },
    };
  if (gate.kind.startsWith('registry-'))
    return {
      ...base,
      action: 'remote-secret',
      read: { name: 'host', istioCluster: 'host', apiServer: null },
      isRemote: false,
    };
  return { ...base, action: 'apply', path: 'host/70-workloads' };
}

function world(): Servers {
  return makeServers({ host: { holds: [namespace('istio-system'), namespace('shop')] } });
}

// The only calls of a gate: no change, no other context, nothing of an answer.
const grammar = [
  /^kubectl --context=host --request-timeout=10s get (--[a-z-]+(=[a-z0-9=/.{}-]+)? )*(--filename=- --output=json --ignore-not-found --show-managed-fields|-- [a-z0-9.]+( [a-z-]+)?)$/,
  /^kubectl --context=host --request-timeout=10s api-resources --no-headers --output=wide --cached=false$/,
  /^istioctl remote-clusters (--help|--context=host)$/,
];

async function hold(servers: Servers, gate: Gate, engine: string | null) {
  const run = await stepsRun(servers, { steps: [], objects, settings: { timeoutSeconds: 6 } });
  const before = servers.calls.length;
  const [began, real] = [servers.clock.now(), Date.now()];
  const failure = await failureOf(holdGates(run, [stepWith(gate, engine)], said));
  const calls = servers.calls.slice(before).map(({ program, args }) => [program, ...args].join(' '));
  for (const call of calls)
    expect(
      grammar.some((form) => form.test(call)),
      call,
    ).toBe(true);
  expect(servers.clock.now() - began).toBeLessThanOrEqual(20_000);
  expect(Date.now() - real).toBeLessThan(10_000);
  return failure;
}

describe('the numbers of a Deployment', () => {
  const rolledOut = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart', namespace: 'shop', generation: 3 },
    spec: { replicas: 2 },
    status: { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
  };
  const answer = (change: object): string => JSON.stringify({ ...rolledOut, ...change });
  async function holdWith(text: string) {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], objects, settings: { timeoutSeconds: 6 } });
    servers.setOnCall((_, { verb }) => (verb === 'get' ? prints(text) : undefined));
    return failureOf(holdGates(run, [stepWith({ kind: 'rolled-out' }, null)], said));
  }

  test('are enough', async () => {
    expect(await holdWith(answer({}))).toBeNull();
    expect(
      await holdWith(
        answer({
          metadata: { ...rolledOut.metadata, generation: 3e6 },
          status: { ...rolledOut.status, observedGeneration: 3e6 },
        }),
      ),
    ).toBeNull();
  });

  test.each([...hostileTexts, ...hostileNumbers.slice(0, 4), [2], { a: 2 }, true])('are none: %j', async (value) => {
    for (const key of Object.keys(rolledOut.status)) {
      const failure = await holdWith(answer({ status: { ...rolledOut.status, [key]: value } }));
      expect(failure?.problem.problem).toBe('host: waited 6 s: its answer has another form');
    }
    expect((await holdWith(answer({ spec: { replicas: value } })))?.kind).toBe('timed-out');
  });

  test.each([
    [{ observedGeneration: 2 }, 'its controller has not seen its last change'],
    [{ updatedReplicas: 1 }, '1 of 2 pods are new ones'],
    [{ replicas: 3 }, '1 old pods are still there'],
    [{ availableReplicas: 1 }, '1 of 2 pods are available'],
  ])('are not enough yet: %j', async (change, reason) => {
    const failure = await holdWith(answer({ status: { ...rolledOut.status, ...change } }));
    expect(failure?.problem.problem).toBe(`host: waited 6 s: deployment shop/cart: ${reason}`);
  });

  test('are those of the Deployment that was asked for', async () => {
    const failure = await holdWith(answer({ metadata: { ...rolledOut.metadata, name: 'other' } }));
    expect(failure?.problem.problem).toBe('host: waited 6 s: deployment shop/cart: it does not exist');
  });
});

describe('a gate obeys no answer', () => {
  test.each(gates)('%j', async (gate) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostileValue, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (values, isEngine) => {
          const servers = world();
          let index = 0;
          const next = (): unknown => values[index++ % values.length];
          servers.setOnCall((_, { verb, args }) => {
            if ((verb !== 'get' || args.includes('kube-system')) && verb !== 'remote-clusters') return undefined;
            const first = next();
            return prints(typeof first === 'string' ? first : JSON.stringify(shaped(next)));
          });
          const failure = await hold(servers, gate, isEngine ? 'kubefed' : null);
          if (failure !== null) expect(['timed-out', 'failed']).toContain(failure.kind);
        },
      ),
      { numRuns: runs },
    );
  });
});

// An object of the form that is asked for, with other values in it.
function shaped(next: () => unknown): unknown {
  const condition = { type: next(), status: next(), reason: next() };
  return {
    kind: next(),
    metadata: { name: next(), namespace: next(), generation: next(), labels: next() },
    spec: { replicas: next(), type: next(), externalIPs: next(), ports: next(), names: { kind: next() } },
    status: {
      observedGeneration: next(),
      conditions: [condition, next()],
      loadBalancer: { ingress: [{ ip: next(), hostname: next() }] },
      propagationController: next(),
    },
    items: next(),
  };
}
