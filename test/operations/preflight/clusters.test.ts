import { describe, expect, test } from 'vitest';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { gatewayService, holding, istiodService } from '../../support/preflight/objects.ts';
import { expecting, runPreflight } from '../../support/preflight/run-preflight.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import type { ServerOptions } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';

const aboutRoots = /does not tell its root certificate/;
const others = (warnings: readonly string[]): readonly string[] => warnings.filter((text) => !aboutRoots.test(text));
const textsOf = (problems: readonly { readonly problem: string }[]): readonly string[] =>
  problems.map(({ problem }) => problem);

// Answers the questions of a cluster that have a part.
const answering =
  (context: string, part: string, answer: ReturnType<typeof prints>): NonNullable<ServerOptions['onCall']> =>
  (_, call) =>
    call.context === context && call.args.join(' ').includes(part) ? answer : undefined;

test('finds nothing in healthy clusters, by eight questions each and two more for the host', async () => {
  const servers = defaultWorld();
  const { problems, warnings } = await runPreflight(servers);
  expect([problems, others(warnings)]).toEqual([[], []]);
  const questions = servers.calls.filter(({ verb }) => verb !== 'config view');
  expect(questions.filter(({ context }) => context === 'member')).toHaveLength(8);
  // Its nodes, and the registrations of both.
  expect(questions.filter(({ context }) => context === 'host')).toHaveLength(10);
  expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
});

describe('the version of Kubernetes', () => {
  test.each(['v1.32.0', '1.36.9-gke.1', 'v1.34.4'])('%s is supported', async (version) => {
    const { problems } = await runPreflight(defaultWorld({}, { member: { ...holding('member'), version } }));
    expect(problems).toEqual([]);
  });

  test.each(['v1.31.9', 'v1.37.0', 'v2.34.0', 'v1.9.0', 'v0.34.0'])('%s is not', async (version) => {
    const { problems } = await runPreflight(defaultWorld({}, { member: { ...holding('member'), version } }));
    expect(problems).toEqual([
      {
        problem: `member: Kubernetes is ${version}, Istio is supported on 1.32 to 1.36`,
        fix: 'use a cluster with a supported version, or another Istio',
      },
    ]);
  });

  test('is unknown if the server says something else', async () => {
    const onCall = answering('member', '/version', prints('{"gitVersion": "v1.BASHPID[$(id)].0"}'));
    const { problems, warnings } = await runPreflight(defaultWorld({ onCall }));
    expect(problems).toEqual([]);
    expect(warnings).toContain('member does not tell its version of Kubernetes: its answer has another form');
  });
});

describe('the kinds', () => {
  const withoutKubeFed = { host: { holds: holding('member').holds } };

  test('names the kinds that a cluster will not serve when their step comes, and how to get them', async () => {
    const { problems } = await runPreflight(defaultWorld({}, withoutKubeFed));
    expect(problems).toContainEqual({
      problem:
        'host does not serve what 60-federation applies, and no step before it brings it: FederatedDeployment FederatedNamespace FederatedService of types.kubefed.io',
      fix: 'install KubeFed and join the clusters: see docs/engines.md of mesh-federation',
    });
  });

  test("requires Istio's kinds only in a run that does not install Istio", async () => {
    expect((await runPreflight(defaultWorld())).problems).toEqual([]);
    const { problems } = await runPreflight(defaultWorld(), { from: '30-gateways', only: ['host'] });
    expect(problems).toContainEqual({
      problem:
        'host does not serve what 30-gateways applies, and no step before it brings it: Gateway VirtualService of networking.istio.io',
      fix: 'run the steps that install Istio, too',
    });
  });

  test('are unknown, and not missing, while an API does not answer', async () => {
    const line = 'configmaps   cm   v1   true   ConfigMap   get,list\n';
    const onCall = answering('member', 'api-resources', prints(line, { exitCode: 1, stderr: 'error: one API' }));
    const { problems } = await runPreflight(defaultWorld({ onCall }), { only: ['member'] });
    expect(textsOf(problems)).toEqual([
      expect.stringMatching(/^member does not tell whether it serves .*Namespace.*: one of its APIs does not answer$/),
    ]);
  });

  test.each(['\u001b[2J', 'configmaps cm v1 true ConfigMap; rm -rf /', '--flag v1 true ConfigMap get'])(
    'are unknown if the list is %j',
    async (line) => {
      const onCall = answering('member', 'api-resources', prints(`${line}\n`));
      const { problems } = await runPreflight(defaultWorld({ onCall }), { only: ['member'] });
      expect(textsOf(problems)).toEqual([
        expect.stringMatching(/^member does not tell whether it serves [A-Za-z ]+: its answer has another form$/),
      ]);
    },
  );
});

describe('the capacity', () => {
  const node = (cpu: unknown, memory: unknown, ready = 'True') => ({
    status: { allocatable: { cpu, memory }, conditions: [{ type: 'Ready', status: ready }] },
  });
  const ofNodes = async (...items: readonly unknown[]): Promise<readonly string[]> => {
    const onCall = answering('host', ' nodes', prints(JSON.stringify({ items })));
    const { problems, warnings } = await runPreflight(defaultWorld({ onCall }));
    expect(problems).toEqual([]);
    return others(warnings);
  };
  const recommended = '; 4 cores and 8 GiB are recommended';

  test('warns of a host with little capacity, and goes on', async () => {
    const few = [node('1930m', '3906252Ki'), node('8', '32Gi', 'False'), node('1', '1Gi')];
    expect(await ofNodes(...few)).toEqual([`host: its Ready nodes have 2.9 cores and 4.7 GiB for pods${recommended}`]);
  });

  test('does not warn of a host with enough capacity', async () => {
    expect(await ofNodes(node('3920m', '16393244Ki'), node('4', '8Gi'))).toEqual([]);
    expect(await ofNodes(node('08', '08Gi'), node('evil', 'evil'))).toEqual([]);
  });

  test.each(['BASHPID[$(touch injected)]', '1e400', '-8', 8, null, { a: 1 }])(
    'says that a node with %j is unknown, and does not count it as nothing',
    async (cpu) => {
      expect(await ofNodes(node(cpu, '8Gi'), node('1', '1Gi'))).toEqual([
        `host: its Ready nodes have 1.0 cores and 1.0 GiB for pods, without 1 whose capacity is unknown${recommended}`,
      ]);
    },
  );

  test.each(['text', null, { status: 'x' }, { status: { conditions: 'x' } }])(
    'does not stumble over the node %j',
    async (one) => {
      expect(await ofNodes(one)).toEqual([
        `host: its Ready nodes have 0.0 cores and 0.0 GiB for pods, without 1 whose capacity is unknown${recommended}`,
      ]);
    },
  );

  test('says so if the server does not tell', async () => {
    const onCall = answering('host', ' nodes', fails('Error from server (Forbidden): nodes is forbidden'));
    const { problems, warnings } = await runPreflight(defaultWorld({ onCall }));
    expect(problems).toEqual([]);
    expect(others(warnings)).toEqual([
      `host does not tell the capacity of its nodes: Error from server (Forbidden): nodes is forbidden${recommended}`,
    ]);
  });

  test('is asked of the host only', async () => {
    const servers = defaultWorld();
    await runPreflight(servers);
    const asked = servers.calls.filter(({ args }) => args.at(-1) === 'nodes').map(({ context }) => context);
    expect(asked).toEqual(['host']);
  });
});

describe('the gateway', () => {
  const told =
    (address: string) =>
    (step: Step): Step =>
      step.gate?.kind === 'gateway-address-known' ? { ...step, gate: { ...step.gate, expected: [address] } } : step;
  const world = (address: string | null, options: ServerOptions = {}) =>
    defaultWorld(options, { member: { ...holding('member', gatewayService), address } });
  const late = { from: '70-workloads' };

  test('refuses a gateway whose address changed, even in a run without its step', async () => {
    const { problems } = await runPreflight(world('203.0.113.10'), { ...late, change: told('203.0.113.99') });
    expect(problems).toEqual([
      {
        problem: 'member: the address of its gateway is 203.0.113.10, expected 203.0.113.99',
        fix: expect.stringContaining('to move the gateway, delete its Service first'),
      },
    ]);
  });

  test('accepts the address that other clusters were told', async () => {
    const { problems } = await runPreflight(world('203.0.113.10'), { ...late, change: told('203.0.113.10') });
    expect(problems).toEqual([]);
  });

  test('warns of a gateway without an address, which it may still get', async () => {
    const { problems, warnings } = await runPreflight(world(null), { ...late, change: told('203.0.113.99') });
    expect(problems).toEqual([]);
    expect(others(warnings)).toEqual(['member: its gateway has no address, expected 203.0.113.99']);
  });

  test('refuses an address that is none', async () => {
    const spec = { type: 'LoadBalancer' };
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.10,global.hub=evil' }] } };
    const onCall = answering('member', 'istio-eastwestgateway', prints(JSON.stringify({ spec, status })));
    const { problems } = await runPreflight(world('203.0.113.10', { onCall }), {
      ...late,
      change: told('203.0.113.10'),
    });
    expect(textsOf(problems)).toEqual([
      'member does not tell the address of its gateway: its Service has one that is neither an IP address nor a hostname',
    ]);
  });

  test('is not asked for if nobody was told an address', async () => {
    const servers = world('203.0.113.10');
    await runPreflight(servers);
    expect(servers.calls.filter(({ args }) => args.includes('istio-eastwestgateway'))).toEqual([]);
  });
});

describe('the injector', () => {
  const withoutWebhook = { member: holding('member', istiodService) };

  test("refuses to go on without Istio's webhook, unless this run brings it back", async () => {
    const { problems } = await runPreflight(defaultWorld({}, withoutWebhook), { from: '60-federation' });
    expect(textsOf(problems)).toEqual([
      "member: Istio's webhook istio-sidecar-injector is missing, and pods would start without sidecars",
    ]);
    const whole = await runPreflight(defaultWorld({}, withoutWebhook));
    expect(whole.problems).toEqual([]);
    expect(others(whole.warnings)).toEqual([
      "member: Istio's webhook istio-sidecar-injector is missing; 40-remote brings it back",
    ]);
  });

  test('is not missed with the webhook, or without Istio', async () => {
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'istio-sidecar-injector' },
    };
    const member = holding('member', istiodService, webhook);
    for (const changes of [{}, { member }])
      expect((await runPreflight(defaultWorld({}, changes), { from: '60-federation' })).problems).toEqual([]);
  });

  test('is unknown if the server does not tell', async () => {
    const onCall = answering('member', '--filename=-', prints('{"kind": "List", "items": ["evil"]}'));
    const { problems, warnings } = await runPreflight(defaultWorld({ onCall }, withoutWebhook));
    expect(problems).toEqual([]);
    expect(others(warnings)).toEqual([
      'member does not tell whether its pods get sidecars: its answer has another form',
    ]);
  });
});

test('expects nothing of Kubernetes or nodes of a cluster without a requirement', async () => {
  const change = expecting('host', { capacity: null });
  const servers = defaultWorld();
  await runPreflight(servers, { change });
  expect(servers.calls.filter(({ args }) => args.at(-1) === 'nodes')).toEqual([]);
});
