import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JoinStep, Step } from '../../../constructs/plan/steps/step.ts';
import { readOutput } from '../../../operations/plan/output.ts';
import { holding } from '../../support/preflight/objects.ts';
import { runPreflight } from '../../support/preflight/run-preflight.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import { makeServers, type ServerOptions } from '../../support/servers/servers.ts';
import { defaultWorld, urlOf } from '../../support/servers/worlds/worlds.ts';

const textsOf = async (...given: Parameters<typeof runPreflight>): Promise<readonly string[]> =>
  (await runPreflight(...given)).problems.map(({ problem }) => problem);

const registration = (name: string, apiEndpoint: string, ready: string | null = 'True') => ({
  metadata: { name },
  spec: { apiEndpoint },
  status: { conditions: ready === null ? [{ type: 'Offline', status: 'True' }] : [{ type: 'Ready', status: ready }] },
});
const knowing = (...items: readonly unknown[]): ServerOptions => ({
  onCall: (_, { args }) =>
    args.at(-1) === 'kubefedclusters.core.kubefed.io' ? prints(JSON.stringify({ items })) : undefined,
});

describe('the registrations', () => {
  test('are asked for all at once', async () => {
    const servers = defaultWorld();
    expect(await textsOf(servers)).toEqual([]);
    expect(servers.calls.filter(({ args }) => args.at(-1)?.startsWith('kubefedcluster'))).toHaveLength(1);
  });

  test('refuses a member that KubeFed reports as Offline, without the condition Ready', async () => {
    const one = 'https://203.0.113.20:6443';
    const servers = defaultWorld(knowing(registration('member', one, null), registration('host', one)));
    expect((await runPreflight(servers)).problems).toEqual([
      {
        problem: 'KubeFed does not reach member: its condition Ready is unknown',
        fix: 'check the object that KubeFed has for it: KubeFedCluster member',
      },
      {
        problem: `member and host are one API server for KubeFed, ${one}: it deletes under one name what it creates under the other`,
        fix: 'remove one of the two from the federation',
      },
    ]);
  });

  test('recognizes one API server in another spelling', async () => {
    const of = (member: string) =>
      defaultWorld(knowing(registration('host', 'https://api.example.com'), registration('member', member)));
    expect(await textsOf(of('https://API.example.com:443/'))).toHaveLength(1);
    expect(await textsOf(of('https://api.example.com:6443'))).toEqual([]);
  });

  test('names a cluster that has not joined, and one that is not ready', async () => {
    expect(await textsOf(defaultWorld(knowing(registration('host', urlOf(0), 'False'))))).toEqual([
      'KubeFed does not reach host: its condition Ready is False',
      'member has not joined KubeFed',
    ]);
    expect(await textsOf(defaultWorld(knowing()))).toEqual([
      'host has not joined KubeFed',
      'member has not joined KubeFed',
    ]);
  });

  test('says that KubeFed is not there', async () => {
    const servers = defaultWorld({}, { host: { holds: holding('member').holds } });
    expect(await textsOf(servers)).toContain(
      'host does not serve KubeFedCluster: host, member have not joined KubeFed',
    );
  });

  test.each([
    ['refused', fails('Error from server (Forbidden): \u001b[2Jno')],
    ['names', prints(JSON.stringify({ items: [registration('--all', urlOf(0))] }))],
    ['form', prints('{"items": {"length": 1e9}}')],
  ])('are unknown if the answer is none: %s', async (_, answer) => {
    const onCall: ServerOptions['onCall'] = (_, { args }) =>
      args.at(-1) === 'kubefedclusters.core.kubefed.io' ? answer : undefined;
    expect(await textsOf(defaultWorld({ onCall }))).toEqual([
      expect.stringMatching(/^host does not tell which clusters have joined KubeFed: [ -~]+$/),
    ]);
  });

  test('shows the endpoint of a server harmlessly', async () => {
    const evil = 'https://x\u001b]0;title\u0007;$(id)';
    const servers = defaultWorld(knowing(registration('host', evil), registration('member', evil)));
    const [text = ''] = await textsOf(servers);
    expect(text).toMatch(/^member and host are one API server for KubeFed, [ -~]+$/);
  });
});

describe('the joins', () => {
  const join = (name: string, changes: Partial<JoinStep['joining']> = {}): JoinStep => ({
    wave: 'federationControlPlane',
    target: { name: 'host', kubeContext: 'host', uid: null },
    gate: { kind: 'registration-ready' },
    engine: 'kubefed',
    needs: ['kubefedctl'],
    brings: [],
    undo: 'kubefed-join',
    action: 'join',
    joining: { name, federationCluster: name, apiServer: null, ...changes },
  });
  // The member joins in this run.
  const joining =
    (changes: Partial<JoinStep['joining']> = {}) =>
    (step: Step): Step =>
      step.action === 'verify' && step.target.name === 'host' ? join('member', changes) : step;
  const known = registration('host', urlOf(0));
  const withServer = (url: string, ...items: readonly unknown[]) =>
    defaultWorld(knowing(known, ...items), { member: { ...holding('member'), url } });
  // The istiod of the host is told another server, which is not the matter here.
  const change =
    (changes: Partial<JoinStep['joining']> = {}) =>
    (step: Step): Step =>
      step.action === 'remote-secret'
        ? { ...step, read: { ...step.read, apiServer: 'https://203.0.113.9:6443' } }
        : joining(changes)(step);

  test('need no registration yet', async () => {
    expect(await textsOf(defaultWorld(knowing(known)), { change: change() })).toEqual([]);
    // An earlier run has got as far as that.
    const joined = knowing(known, registration('member', urlOf(1)));
    expect(await textsOf(defaultWorld(joined), { change: change() })).toEqual([]);
  });

  test('refuses a cluster that KubeFed knows under another name, by either address', async () => {
    const told =
      'member has joined KubeFed as other: if it joined as member, too, KubeFed would delete under one name what it creates under the other';
    const other = (endpoint: string) => defaultWorld(knowing(known, registration('other', endpoint)));
    expect(await textsOf(other(urlOf(1)), { change: change() })).toEqual([told]);
    const apiServer = 'https://203.0.113.30:6443';
    expect(await textsOf(other(apiServer), { change: change({ apiServer }) })).toEqual([told]);
    expect(await textsOf(other('https://203.0.113.31:6443'), { change: change({ apiServer }) })).toEqual([]);
  });

  test.each([
    'https://127.0.0.1:6443',
    'https://localhost:6443',
    'https://[::1]:6443',
    'https://0.0.0.0',
    'https://127.1',
  ])('refuses %s, which only this machine can reach, unless another server is declared', async (url) => {
    expect(await textsOf(withServer(url), { change: change() })).toEqual([
      `member: its API server in the kubeconfig is ${url}, which KubeFed cannot reach`,
    ]);
    expect(await textsOf(withServer(url), { change: change({ apiServer: 'https://203.0.113.9:6443' }) })).toEqual([]);
    // It has joined already, with the server that somebody has given it.
    const reached = registration('member', 'https://203.0.113.9:6443');
    expect(await textsOf(withServer(url, reached), { change: change() })).toEqual([]);
  });

  test.each(['https://128.0.0.1:6443', 'https://localhost.example.com:6443', 'https://[::2]:6443'])(
    'accepts %s',
    async (url) => {
      expect(await textsOf(withServer(url), { change: change() })).toEqual([]);
    },
  );

  test('says that the kubeconfig does not tell the server', async () => {
    const onCall: ServerOptions['onCall'] = (_, { verb }) =>
      verb === 'config view' ? prints('{"clusters": [{"cluster": {"server": "javascript:alert"}}]}') : undefined;
    expect(await textsOf(defaultWorld({ onCall }), { change: change() })).toContain(
      'member: the kubeconfig does not tell its API server: its answer has another form',
    );
  });
});

describe('a remote secret', () => {
  test('refuses a remote secret whose API server only this machine can reach', async () => {
    const url = 'https://127.0.0.1:6443';
    const servers = defaultWorld(
      knowing(registration('host', urlOf(0)), registration('member', 'https://203.0.113.9')),
      {
        member: { ...holding('member'), url },
      },
    );
    expect((await runPreflight(servers)).problems).toEqual([
      {
        problem: `member: its API server in the kubeconfig is ${url}, which no other cluster can reach`,
        fix: 'declare clusters[].apiServer of member',
      },
    ]);
  });
});

describe('Karmada', () => {
  const output = readOutput(join(import.meta.dirname, '../../golden/karmada'));
  const contexts = Object.fromEntries(
    output.plan.steps.map(({ target }) => [target.name, target.kubeContext] as const),
  );
  const clusterOf = (name: string, apiEndpoint: string) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec: { apiEndpoint, syncMode: 'Push' },
  });
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'clusters.cluster.karmada.io' },
    spec: {
      group: 'cluster.karmada.io',
      scope: 'Cluster',
      names: { plural: 'clusters', singular: 'cluster', kind: 'Cluster', listKind: 'ClusterList' },
      versions: [{ name: 'v1alpha1', served: true, storage: true }],
    },
  };
  const world = (...clusters: readonly object[]) =>
    makeServers(
      Object.fromEntries(
        Object.entries(contexts).map(([name, context]) =>
          name === 'federation'
            ? [context, { isKarmada: true, holds: [definition, ...clusters] }]
            : [context, { url: `https://${name}.example.com:6443` }],
        ),
      ),
    );
  const about = /Karmada/;
  const problemsOf = async (...clusters: readonly object[]): Promise<readonly string[]> =>
    (await textsOf(world(...clusters), { output })).filter((text) => about.test(text));

  test('knows its clusters', async () => {
    const joined = ['host', 'member'].map((name) => clusterOf(name, `https://${name}.example.com:6443`));
    expect(await problemsOf(...joined)).toEqual([]);
    expect(await problemsOf(...joined.slice(0, 1))).toEqual(['member has not joined Karmada']);
  });
});
