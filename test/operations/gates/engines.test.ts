import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../constructs/plan/steps/gate.ts';
import type { ApplyStep, JoinStep } from '../../../constructs/plan/steps/step.ts';
import { holdGates } from '../../../operations/gates/hold-gates.ts';
import type { PlannedObject } from '../../../operations/plan/planned-objects.ts';
import { prints } from '../../support/servers/interruptions.ts';
import { hold } from '../../support/servers/make-world.ts';
import { looseDefinition } from '../../support/servers/programs/charts/loose-definition.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { karmadaOn } from '../../support/servers/worlds/karmada.ts';
import { kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import { urlOf } from '../../support/servers/worlds/worlds.ts';
import { failureOf, stepOn, stepsRun } from '../steps/steps-run.ts';

const said = (line: string): void => void line;
const at = (cluster: string, engine: string, gate: Gate): ApplyStep => ({
  ...stepOn(cluster, 'federation', { gate, engine }),
  action: 'apply',
  path: `${cluster}/60-federation`,
});
const planned = (cluster: string, group: string, kind: string, others: Partial<PlannedObject> = {}): PlannedObject => ({
  ...{ cluster, wave: '60-federation', namespace: 'shop', name: 'cart', group, kind },
  ...others,
});

async function reasonOf(servers: Servers, step: ApplyStep, objects: readonly PlannedObject[]): Promise<string | null> {
  const run = await stepsRun(servers, { steps: [], objects, settings: { timeoutSeconds: 4 } });
  const failure = await failureOf(holdGates(run, [step], said));
  expect(failure?.kind ?? 'timed-out').toBe('timed-out');
  return failure?.problem.problem ?? null;
}

describe('the types that Karmada knows', () => {
  const definition = looseDefinition('networking.istio.io', 'v1', 'Gateway', 'gateways');
  const step = at('federation', 'karmada', { kind: 'types-enabled' });
  const objects = [
    planned('federation', 'apiextensions.k8s.io', 'CustomResourceDefinition', {
      namespace: null,
      name: 'gateways.networking.istio.io',
    }),
  ];
  const world = (member: readonly object[]): Servers =>
    makeServers({
      member: { holds: member },
      federation: { isKarmada: true, holds: [...karmadaOn({ member: urlOf(0) }), definition] },
    });

  test('are those that every cluster serves', async () => {
    expect(await reasonOf(world([definition]), step, objects)).toBeNull();
    expect(await reasonOf(world([]), step, objects)).toBe(
      'federation: waited 4 s: Karmada does not know yet that every cluster has Gateway of networking.istio.io',
    );
  });

  test('are of the same group: another one may have a kind of this name', async () => {
    const other = looseDefinition('gateway.networking.k8s.io', 'v1', 'Gateway', 'gateways');
    expect(await reasonOf(world([other]), step, objects)).toContain('Gateway of networking.istio.io');
  });

  test('are served by the API server of Karmada first', async () => {
    const servers = world([definition]);
    const missing = [{ ...(objects[0] as PlannedObject), name: 'things.example' }];
    expect(await reasonOf(servers, step, missing)).toBe(
      'federation: waited 4 s: federation does not serve things.example',
    );
  });
});

describe('the objects that Karmada delivers', () => {
  const step = at('federation', 'karmada', { kind: 'propagated', clusters: ['member'] });
  const objects = [
    planned('federation', 'apps', 'Deployment'),
    planned('federation', 'policy.karmada.io', 'PropagationPolicy'),
  ];
  const binding = (changes: object = {}): string =>
    JSON.stringify({
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'cart-deployment', namespace: 'shop', generation: 2 },
      spec: { clusters: [{ name: 'member' }], placement: { clusterAffinity: { clusterNames: ['member'] } } },
      status: { schedulerObservedGeneration: 2, conditions: [{ type: 'FullyApplied', status: 'True' }] },
      ...changes,
    });
  const late = 'federation: waited 4 s: Karmada has not delivered Deployment cart to every cluster';
  const applied = [{ type: 'FullyApplied', status: 'True' }];

  test.each<[string, string, string | null]>([
    ['everywhere', binding(), null],
    ['nowhere', '', late],
    ['not yet', binding({ status: { schedulerObservedGeneration: 2, conditions: [] } }), late],
    ['as they were before', binding({ status: { schedulerObservedGeneration: 1, conditions: applied } }), late],
    [
      'to fewer clusters than they should',
      binding({ spec: { clusters: [], placement: { clusterAffinity: { clusterNames: ['member'] } } } }),
      late,
    ],
  ])('are %s', async (_, text, reason) => {
    const servers = makeServers({ federation: { isKarmada: true, holds: karmadaOn({}) } });
    servers.setOnCall((_index, { args }) => (args.includes('--filename=-') ? prints(text) : undefined));
    expect(await reasonOf(servers, step, objects)).toBe(reason);
  });
});

describe('the types of KubeFed', () => {
  const step = at('host', 'kubefed', { kind: 'types-enabled' });
  const definition = looseDefinition('example.org', 'v1', 'Thing', 'things');
  const objects = [
    planned('host', 'apiextensions.k8s.io', 'CustomResourceDefinition', {
      namespace: null,
      name: 'things.example.org',
    }),
    planned('host', 'core.kubefed.io', 'FederatedTypeConfig', {
      namespace: 'kube-federation-system',
      name: 'things.example.org',
    }),
  ];

  test('are served first, and then watched by KubeFed', async () => {
    const servers = makeServers({ host: { holds: kubefedOn({}) } });
    const { server } = servers.cluster('host');
    expect(await reasonOf(servers, step, objects)).toBe('host: waited 4 s: host does not serve things.example.org');
    hold(server, definition);
    servers.settle();
    expect(await reasonOf(servers, step, objects)).toBe(
      'host: waited 4 s: KubeFed does not watch the type things.example.org yet',
    );
    hold(server, {
      apiVersion: 'core.kubefed.io/v1beta1',
      kind: 'FederatedTypeConfig',
      metadata: { name: 'things.example.org', namespace: 'kube-federation-system' },
    });
    servers.settle();
    expect(await reasonOf(servers, step, objects)).toBeNull();
  });
});

describe('a cluster that has joined', () => {
  const join = (apiServer: string | null): JoinStep => ({
    ...stepOn('host', 'federationControlPlane', { gate: { kind: 'registration-ready' } }),
    engine: 'kubefed',
    action: 'join',
    joining: { name: 'member', federationCluster: 'member', apiServer },
  });

  test.each<[string, string, string | null, string | null]>([
    ['is reached', urlOf(1), null, null],
    ['is reached as declared', urlOf(1), urlOf(1), null],
    ['is not reached', 'https://192.0.2.1:6443', null, 'KubeFed does not reach it: its condition Ready is not True'],
    ['is reached elsewhere', urlOf(1), 'https://192.0.2.1:6443', 'KubeFed reaches it through another API server'],
  ])('%s', async (_, endpoint, declared, reason) => {
    const servers = makeServers({ host: { holds: kubefedOn({ member: endpoint }) }, member: {} });
    const run = await stepsRun(servers, { steps: [], settings: { timeoutSeconds: 4 } });
    const failure = await failureOf(holdGates(run, [join(declared)], said));
    expect(failure?.problem.problem ?? null).toBe(reason === null ? null : `member: waited 4 s: ${reason}`);
  });
});

describe('the objects that KubeFed propagates', () => {
  const step = at('host', 'kubefed', { kind: 'propagated', clusters: ['host'] });
  const objects = [planned('host', 'types.kubefed.io', 'FederatedConfigMap')];
  const federated = (status: object): string =>
    JSON.stringify({
      apiVersion: 'types.kubefed.io/v1beta1',
      kind: 'FederatedConfigMap',
      metadata: { name: 'cart', namespace: 'shop', generation: 3 },
      status,
    });
  const done = [{ type: 'Propagation', status: 'True' }];
  const late = (reason: string): string => `host: waited 4 s: FederatedConfigMap cart is not propagated: ${reason}`;

  test.each<[object, string | null]>([
    [{ observedGeneration: 3, conditions: done }, null],
    // Before KubeFed 0.6 the status does not name its generation.
    [{ conditions: done }, null],
    [{ observedGeneration: 2, conditions: done }, late('KubeFed has not seen its last change')],
    [{ observedGeneration: 3 }, late('KubeFed has not begun')],
    [
      { observedGeneration: 3, conditions: [{ type: 'Propagation', status: 'False', reason: 'CheckClusters' }] },
      late('CheckClusters'),
    ],
  ])('are so after %j', async (status, reason) => {
    const servers = makeServers({ host: { holds: kubefedOn({}) } });
    servers.setOnCall((_index, { args }) =>
      args.includes('--filename=-') && args.includes('get') ? prints(federated(status)) : undefined,
    );
    expect(await reasonOf(servers, step, objects)).toBe(reason);
  });

  test('are waited for until the clusters have them', async () => {
    const servers = makeServers({ host: { holds: [...kubefedOn({ host: urlOf(0) }), namespace('shop')] } });
    const placement = { placement: { clusters: [{ name: 'host' }] } };
    const of = (kind: string, name: string): object => ({
      apiVersion: 'types.kubefed.io/v1beta1',
      kind,
      metadata: { name, namespace: 'shop' },
      spec: { ...placement, template: { data: { a: 'b' } } },
    });
    hold(servers.cluster('host').server, of('FederatedConfigMap', 'cart'));
    servers.settle();
    expect(await reasonOf(servers, step, objects)).toBe(late('NamespaceNotFederated'));
    hold(servers.cluster('host').server, of('FederatedNamespace', 'shop'));
    servers.settle();
    expect(await reasonOf(servers, step, objects)).toBeNull();
  });
});

test('the engine of a step must be one that is known', async () => {
  const servers = makeServers({ host: {} });
  const run = await stepsRun(servers, { steps: [] });
  const failure = await failureOf(holdGates(run, [at('host', 'other', { kind: 'types-enabled' })], said));
  expect(failure?.problem.problem).toBe('this version knows no steps of the engine other');
});
