import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RemoteSecretStep, Step } from '../../../constructs/plan/steps/step.ts';
import { remoteSecretOf } from '../../../operations/steps/remote-secret-manifest.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { hostileBytes } from '../../support/hostile-text.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { failureOf, stepOn, stepsRun } from './steps-run.ts';

const reader = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'istio-reader-service-account', namespace: 'istio-system' },
};

function meshOf(names: readonly string[], latency = 0): Servers {
  const holds = [namespace('istio-system'), reader];
  return makeServers(Object.fromEntries(names.map((name) => [name, { holds }])), { latency });
}

function reading(target: string, name: string, apiServer: string | null = null): RemoteSecretStep {
  const read = { name, istioCluster: name, apiServer };
  return { ...stepOn(target, 'discovery'), action: 'remote-secret', read, isRemote: false };
}

const everyReading = (names: readonly string[]): readonly [Step, ...Step[]][] =>
  names.map((target) => {
    const steps = names.filter((name) => name !== target).map((name) => reading(target, name));
    return steps as unknown as [Step, ...Step[]];
  });

const said = (line: string): void => void line;
const callsOf = ({ calls }: Servers, verb: string) => calls.filter((call) => call.verb === verb);

describe('remote secrets', () => {
  test('of every cluster for every other one need one token and one apply for each', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const servers = meshOf(names, 200);
    const groups = everyReading(names);
    const run = await stepsRun(servers, { steps: groups.flat() });
    const before = servers.calls.length;
    await Promise.all(groups.map((group) => takeSteps(run, group, said)));
    const made = callsOf(servers, 'create-remote-secret').filter(({ context }) => context !== '');
    expect(made.map(({ context }) => context).sort()).toEqual(names);
    expect(
      callsOf(servers, 'apply')
        .map(({ context }) => context)
        .sort(),
    ).toEqual(names);
    // The help of istioctl once; for each cluster the URL of its server, its token and one apply.
    expect(servers.calls.length - before).toBeLessThanOrEqual(3 * names.length + 1);
    for (const name of names)
      expect(
        servers
          .cluster(name)
          .server.entries.filter(({ object }) => /^istio-remote-secret-.$/.test(object.metadata.name)),
      ).toHaveLength(4);
  });

  test('make no more calls at a time than were asked for', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const servers = meshOf(names, 200);
    const groups = everyReading(names);
    const run = await stepsRun(servers, { steps: groups.flat(), settings: { parallel: 2 } });
    let [running, most] = [0, 0];
    const program: typeof run.program = async (call) => {
      if (call.program !== 'istioctl') return servers.run(call);
      running += 1;
      most = Math.max(most, running);
      const result = await servers.run(call);
      running -= 1;
      return result;
    };
    await Promise.all(groups.map((group) => takeSteps({ ...run, program }, group, said)));
    expect(most).toBeLessThanOrEqual(2);
  });

  test('have more time the more of them there are', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const servers = meshOf(names);
    const run = await stepsRun(servers, { steps: [] });
    const [group] = everyReading(names);
    const seconds: number[] = [];
    const { clusters } = await stepsRun(servers, {
      steps: [],
      program: (call) => {
        if (call.args.includes('apply')) seconds.push(call.timeoutSeconds);
        return servers.run(call);
      },
    });
    await takeSteps({ ...run, clusters }, group as [Step, ...Step[]], said);
    // One request after the other, each for a Secret.
    expect(seconds[0]).toBeGreaterThanOrEqual(20 + 39);
  });

  test('put nothing secret into an argument', async () => {
    const servers = meshOf(['a', 'b']);
    await takeSteps(await stepsRun(servers, { steps: [] }), [reading('a', 'b')], said);
    expect(callsOf(servers, 'apply')[0]?.input).toContain('token-b-');
    expect(JSON.stringify(servers.calls.map(({ args }) => args))).not.toContain('token-b-');
  });

  test('are not made again after a failure, and no further one begins', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const servers = meshOf(names, 200);
    servers.setOnCall((_, { verb, context }) =>
      verb === 'create-remote-secret' && context === 'b' ? fails('Error: no token') : undefined,
    );
    const [group] = everyReading(names);
    const run = await stepsRun(servers, { steps: [], settings: { parallel: 1 } });
    const failure = await failureOf(takeSteps(run, group as [Step, ...Step[]], said));
    expect(failure?.problem.problem).toBe('istioctl create-remote-secret for b: Error: no token');
    const after = servers.calls.length;
    await servers.clock.sleep(60_000);
    expect(servers.calls).toHaveLength(after);
    expect(callsOf(servers, 'create-remote-secret').some(({ context }) => context === 'c')).toBe(false);
  });

  test('wait for those that are under way when one fails', async () => {
    const servers = meshOf(['a', 'b', 'c', 'd'], 200);
    servers.setOnCall((_, { verb, context }) => {
      if (verb !== 'create-remote-secret' || context === '') return undefined;
      return context === 'b' ? fails('Error: no token') : { kind: 'takes', milliseconds: 30_000, isDone: true };
    });
    const [group] = everyReading(['a', 'b', 'c', 'd']);
    const run = await stepsRun(servers, { steps: [] });
    await failureOf(takeSteps(run, group as [Step, ...Step[]], said));
    expect(callsOf(servers, 'create-remote-secret').filter(({ changed }) => changed.length > 0)).toHaveLength(2);
  });

  test('of a cluster that only its own machine reaches are refused', async () => {
    const holds = [namespace('istio-system'), reader];
    const servers = makeServers({ a: { holds }, b: { holds, url: 'https://127.0.0.1:6443' } });
    const run = await stepsRun(servers, { steps: [] });
    for (const mode of ['apply', 'diff', 'dry-run'] as const) {
      const failure = await failureOf(takeSteps({ ...run, mode }, [reading('a', 'b')], said));
      expect(failure?.problem).toEqual({
        problem: 'b: its API server in the kubeconfig is https://127.0.0.1:6443, which no other cluster can reach',
        fix: 'declare clusters[].apiServer of b',
      });
    }
    expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
  });

  test('are made by an istioctl in which the command was still experimental', async () => {
    const servers = meshOf(['a', 'b']);
    servers.setOnCall((_, { args }) =>
      args[0] === 'create-remote-secret' ? fails('Error: unknown command') : undefined,
    );
    await takeSteps(await stepsRun(servers, { steps: [] }), [reading('a', 'b')], said);
    const made = servers.calls.find(({ program, context }) => program === 'istioctl' && context === 'b');
    expect(made?.args).toEqual(['x', 'create-remote-secret', '--context=b', '--name=b']);
    expect(callsOf(servers, 'apply')).toHaveLength(1);
  });

  test('name the declared API server', async () => {
    const servers = meshOf(['a', 'b']);
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [reading('a', 'b', 'https://api.example:6443')], said);
    expect(callsOf(servers, 'apply')[0]?.input).toContain('https://api.example:6443');
  });

  test.each(['dry-run', 'diff'] as const)('are only named with --%s', async (mode) => {
    const servers = meshOf(['a', 'b', 'c']);
    const run = await stepsRun(servers, { steps: [], mode });
    const lines: string[] = [];
    await takeSteps(run, [reading('a', 'b'), reading('a', 'c')], (line) => lines.push(line));
    expect(lines).toEqual(['istiod of a would read b', 'istiod of a would read c']);
    expect(servers.calls.filter(({ program, isChange }) => isChange || program === 'istioctl')).toEqual([]);
  });
});

/** A kubeconfig as istioctl prints it. */
const kubeconfig = {
  apiVersion: 'v1',
  clusters: [
    {
      cluster: { 'certificate-authority-data': Buffer.from('ca').toString('base64'), server: 'https://b.example:6443' },
      name: 'b',
    },
  ],
  contexts: [{ context: { cluster: 'b', user: 'b' }, name: 'b' }],
  'current-context': 'b',
  kind: 'Config',
  preferences: {},
  users: [{ name: 'b', user: { token: 'abc.def-_' } }],
};

const secret = (changes: object = {}, config: object = kubeconfig): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    annotations: { 'networking.istio.io/cluster': 'b' },
    creationTimestamp: null,
    labels: { 'istio/multiCluster': 'true' },
    name: 'istio-remote-secret-b',
    namespace: 'istio-system',
  },
  stringData: { b: JSON.stringify(config) },
  ...changes,
});
const textOf = (...objects: readonly object[]): string => objects.map((one) => JSON.stringify(one)).join('\n---\n');
const expected = { istioCluster: 'b', server: 'https://b.example:6443' };

describe('what istioctl prints as a remote secret', () => {
  test('is taken in the forms that it has had', () => {
    expect(remoteSecretOf(textOf(secret()), expected).stringData.b).toContain('abc.def-_');
    expect(remoteSecretOf(`# This file is autogenerated\n${textOf(secret())}\n---\n`, expected).type).toBe('Opaque');
    // Before Istio 1.7 it had no annotation for the cluster, and Kubernetes had no null timestamps.
    const { preferences: _, ...bare } = kubeconfig;
    expect(remoteSecretOf(textOf(secret({}, bare)), expected).stringData.b).toContain('abc.def-_');
  });

  const metadata = {
    name: 'istio-remote-secret-b',
    namespace: 'istio-system',
    labels: { 'istio/multiCluster': 'true' },
  };
  const user = (words: object): object => ({ ...kubeconfig, users: [{ name: 'b', user: words }] });
  const cluster = (words: object): object => ({
    ...kubeconfig,
    clusters: [{ name: 'b', cluster: { ...kubeconfig.clusters[0]?.cluster, ...words } }],
  });
  test.each<[string, string]>([
    ['nothing', ''],
    ['no YAML', '{{{'],
    ['two objects', textOf(secret(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })],
    ['two Secrets', textOf(secret(), secret())],
    ['a List', textOf({ apiVersion: 'v1', kind: 'List', items: [secret()] })],
    ['a role', textOf(secret({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' }))],
    ['another version', textOf(secret({ apiVersion: 'evil/v1' }))],
    ['another name', textOf(secret({ metadata: { ...metadata, name: 'cacerts' } }))],
    ['another namespace', textOf(secret({ metadata: { ...metadata, namespace: 'kube-system' } }))],
    ['no label', textOf(secret({ metadata: { ...metadata, labels: {} } }))],
    ['another type', textOf(secret({ type: 'kubernetes.io/tls' }))],
    ['a further key', textOf(secret({ stringData: { b: JSON.stringify(kubeconfig), c: JSON.stringify(kubeconfig) } }))],
    ['the key of another cluster', textOf(secret({ stringData: { c: JSON.stringify(kubeconfig) } }))],
    ['data besides', textOf(secret({ data: { x: 'YQ==' } }))],
    ['aliases', `a: &a [x]\nb: *a\n`],
    ['many aliases', `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n`],
    ['a deep text', '['.repeat(50_000)],
    ['a large text', textOf(secret({ x: 'x'.repeat(1_000_000) }))],
    ['a key twice', textOf(secret()).replace('{', '{"kind":"Secret",')],
    ['no kubeconfig', textOf(secret({ stringData: { b: 'hello' } }))],
    ['a program that gives credentials', textOf(secret({}, user({ exec: { command: 'sh', args: ['-c', 'id'] } })))],
    ['a program besides the token', textOf(secret({}, user({ token: 'a', exec: { command: 'sh' } })))],
    ['an auth provider', textOf(secret({}, user({ token: 'a', 'auth-provider': { name: 'gcp' } })))],
    ['a file with a token', textOf(secret({}, user({ tokenFile: '/etc/shadow' })))],
    ['a token with a line end', textOf(secret({}, user({ token: 'a\r\nX: y' })))],
    ['no token', textOf(secret({}, user({ token: '' })))],
    ['another server', textOf(secret({}, cluster({ server: 'https://evil.example' })))],
    ['a proxy', textOf(secret({}, cluster({ 'proxy-url': 'http://evil.example' })))],
    ['a server without certificate', textOf(secret({}, cluster({ 'insecure-skip-tls-verify': true })))],
    ['a file of certificates', textOf(secret({}, cluster({ 'certificate-authority': '/etc/passwd' })))],
    ['two users', textOf(secret({}, { ...kubeconfig, users: [...kubeconfig.users, ...kubeconfig.users] }))],
  ])('is refused if it is %s', async (_, manifest) => {
    const began = Date.now();
    const failure = await failureOf((async () => remoteSecretOf(manifest, expected))());
    expect(failure?.problem.problem).toBe('istioctl has printed no remote secret of b in the form that is known');
    expect(Date.now() - began).toBeLessThan(2000);
  });

  test('never becomes anything but this Secret, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(hostileBytes(textOf(secret())), async (bytes) => {
        let made: object | null = null;
        await failureOf(
          (async () => {
            made = remoteSecretOf(bytes.toString('utf8'), expected);
          })(),
        );
        if (made === null) return;
        expect(made).toMatchObject({ kind: 'Secret', metadata: { name: 'istio-remote-secret-b' } });
        expect(Object.keys(made ?? {})).toEqual(['apiVersion', 'kind', 'metadata', 'type', 'stringData']);
      }),
      { numRuns: 100 },
    );
  });

  test('reaches no other cluster if it is not of this form', async () => {
    const servers = meshOf(['a', 'b']);
    const run = await stepsRun(servers, { steps: [] });
    servers.setOnCall((_, { verb, args }) =>
      verb === 'create-remote-secret' && !args.includes('--help')
        ? prints(textOf(secret(), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'evil' } }))
        : undefined,
    );
    expect((await failureOf(takeSteps(run, [reading('a', 'b')], said)))?.kind).toBe('failed');
    expect(callsOf(servers, 'apply')).toEqual([]);
  });
});

describe('the remote secret of a leaving cluster', () => {
  const gone = (target: string, name: string): Step => ({
    ...stepOn(target, 'traffic'),
    action: 'remote-secret-gone',
    read: { name, istioCluster: name },
  });

  test('is deleted, one question for all of them', async () => {
    const servers = meshOf(['a', 'b', 'c']);
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [reading('a', 'b'), reading('a', 'c')], said);
    const before = servers.calls.length;
    const lines: string[] = [];
    await takeSteps(run, [gone('a', 'b'), gone('a', 'c')], (line) => lines.push(line));
    expect(lines).toEqual(['secret/istio-remote-secret-b deleted', 'secret/istio-remote-secret-c deleted']);
    const after = servers.calls.slice(before);
    expect(after.filter(({ verb }) => verb === 'get')).toHaveLength(1);
    const bodies = callsOf(servers, 'delete').map(({ input }) => JSON.parse(input) as { preconditions: object });
    for (const { preconditions } of bodies)
      expect(Object.keys(preconditions).sort()).toEqual(['resourceVersion', 'uid']);
    const again: string[] = [];
    await takeSteps(run, [gone('a', 'b'), gone('a', 'c')], (line) => again.push(line));
    expect(again).toEqual([]);
  });

  test('is not said to be deleted if somebody has changed it meanwhile', async () => {
    const servers = meshOf(['a', 'b']);
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [reading('a', 'b')], said);
    servers.setOnCall((_, { verb }) =>
      verb === 'delete'
        ? fails('Error from server (Conflict): Operation cannot be fulfilled on secrets "istio-remote-secret-b"')
        : undefined,
    );
    const lines: string[] = [];
    const failure = await failureOf(takeSteps(run, [gone('a', 'b')], (line) => lines.push(line)));
    expect(failure?.problem.problem).toBe('a: it still reads b: somebody has changed the remote secret meanwhile');
    expect(lines).toEqual([]);
  });

  test.each(['dry-run', 'diff'] as const)('is a difference with --%s', async (mode) => {
    const servers = meshOf(['a', 'b']);
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [reading('a', 'b')], said);
    const before = servers.snapshot();
    const taken = await takeSteps({ ...run, mode }, [gone('a', 'b')], said);
    expect(taken.differences).toBe('- secret/istio-remote-secret-b in istio-system of a\n');
    expect(servers.snapshot()).toEqual(before);
  });
});
