import { describe, expect, test } from 'vitest';
import type { FederatedCacertsStep, JoinStep } from '../../../constructs/plan/steps/step.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { dies, fails, never, prints, tooMuch } from '../../support/servers/interruptions.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { cacerts, kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import { simulatedStop } from '../apply/apply-run.ts';
import { failureOf, installsKubefed, joinsKubefed, stepOn, stepsRun } from './steps-run.ts';

const said = (line: string): void => void line;
const image = 'quay.io/kubernetes-multicluster/kubefed:v0.10.0';
const base = { ...stepOn('host', 'federationControlPlane'), engine: 'kubefed' };
const install = installsKubefed(image, ['pull']);
const join = (name: string, apiServer: string | null = null): JoinStep => joinsKubefed(name, name, apiServer);
const carry: FederatedCacertsStep = { ...base, action: 'federated-cacerts', clusters: ['host', 'member'] };

const empty = (): Servers => makeServers({ host: {}, member: {} });
const changesOf = (servers: Servers): readonly string[] =>
  servers.calls.filter(({ isChange }) => isChange).map(({ program, verb }) => `${program} ${verb}`);

async function takeAll(servers: Servers, life: Pick<Servers, 'run'> = servers): Promise<void> {
  const run = { ...(await stepsRun(servers, { steps: [] })), program: life.run };
  for (const step of [install, join('host'), join('member')]) await takeSteps(run, [step], said);
}

describe('the installation of KubeFed', () => {
  test('applies its kinds, its webhook and then its controller', async () => {
    const servers = empty();
    await takeAll(servers);
    expect(changesOf(servers)).toEqual([...Array(4).fill('kubectl apply'), ...Array(2).fill('kubefedctl join')]);
    const { server } = servers.cluster('host');
    const images = server.entries.flatMap(({ kind, object }) =>
      kind.kind === 'Deployment' ? JSON.stringify(object.spec).match(/"image":"[^"]+"/g) : [],
    );
    expect(new Set(images)).toEqual(new Set([`"image":"${image}"`]));
  });

  test('passes on the image and the pull secrets, and keeps what helm renders out of arguments', async () => {
    const servers = empty();
    await takeAll(servers);
    const words = servers.calls.find(({ verb }) => verb === 'template')?.args ?? [];
    const part = 'controllermanager';
    expect(words.filter((word) => word.startsWith(part))).toEqual([
      `${part}.controller.repository=quay.io/kubernetes-multicluster`,
      `${part}.controller.tag=v0.10.0`,
      `${part}.webhook.repository=quay.io/kubernetes-multicluster`,
      `${part}.webhook.tag=v0.10.0`,
      `${part}.imagePullSecrets[0].name=pull`,
    ]);
    const withKey = servers.calls.filter(({ input }) => input.includes('kubefed-admission-webhook-serving-cert'));
    expect(withKey.map(({ verb }) => verb)).toEqual(['apply']);
    expect(JSON.stringify(servers.calls.map(({ args }) => args))).not.toContain('serving-cert');
  });

  test('restarts a webhook that has the certificate of an earlier attempt', async () => {
    const servers = empty();
    servers.cluster('host').unavailable = ['kube-federation-system/kubefed-controller-manager'];
    const run = await stepsRun(servers, { steps: [] });
    expect((await failureOf(takeSteps(run, [install], said)))?.kind).toBe('timed-out');
    expect(changesOf(servers)).not.toContain('kubectl rollout restart');
    await failureOf(takeSteps(run, [install], said));
    expect(changesOf(servers)).toContain('kubectl rollout restart');
  });

  test('changes nothing when everything is there', async () => {
    const servers = empty();
    await takeAll(servers);
    const before = [servers.calls.length, servers.snapshot()] as const;
    await takeAll(servers);
    expect(changesOf(servers).slice(6)).toEqual([]);
    expect(servers.snapshot()).toEqual(before[1]);
    expect(servers.calls.slice(before[0]).filter(({ program }) => program !== 'kubectl')).toEqual([]);
  });

  test('after a kill before or after any call leaves the same', { timeout: 120_000 }, async () => {
    const whole = empty();
    await takeAll(whole);
    const wanted = whole.snapshot();
    for (let index = 0; index < whole.calls.length; index += 1)
      for (const when of ['before', 'after'] as const) {
        const servers = empty();
        servers.setOnCall((at) => (at === index ? dies(when) : undefined));
        await Promise.race([takeAll(servers), servers.died]);
        servers.setOnCall(undefined);
        const life = servers.nextLife();
        const alive = { ...servers, run: life.run };
        await takeAll(alive);
        expect(comparable(servers.snapshot()), `killed ${when} call ${index}`).toEqual(comparable(wanted));
      }
  });

  test.each([
    ['no YAML', '{{{'],
    ['nothing', ''],
    ['a deep text', '['.repeat(400_000)],
    ['aliases without end', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n'],
    ['objects without names', 'apiVersion: v1\nkind: ConfigMap\n'],
    ['a number', '7'],
  ])('is refused if helm prints %s', async (_, text) => {
    for (const verb of ['show crds', 'template']) {
      const servers = empty();
      servers.setOnCall((_index, call) => (call.verb === verb ? prints(text) : undefined));
      const run = await stepsRun(servers, { steps: [] });
      const failure = await failureOf(takeSteps(run, [install], said));
      expect(failure?.problem.problem).toBe('the chart of KubeFed has no objects that can be read');
    }
  });

  test('takes no other kinds for definitions', async () => {
    const servers = empty();
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: evil\n';
    servers.setOnCall((_, { verb }) => (verb === 'show crds' ? prints(pod) : undefined));
    const run = await stepsRun(servers, { steps: [] });
    const failure = await failureOf(takeSteps(run, [install], said));
    expect(failure?.problem.problem).toBe('the chart of KubeFed has a Pod among its CustomResourceDefinitions');
    expect(changesOf(servers)).toEqual([]);
  });

  test('needs a flag for a repository without TLS', async () => {
    const servers = empty();
    const step = { ...install, installation: { ...install.installation, chartRepository: 'http://charts.example' } };
    const run = await stepsRun(servers, { steps: [] });
    expect((await failureOf(takeSteps(run, [step], said)))?.problem.fix).toContain('--allow-http-charts');
    expect(servers.calls.filter(({ program }) => program === 'helm')).toEqual([]);
  });

  test.each(['dry-run', 'diff'] as const)('is only named with --%s, and so are joins', async (mode) => {
    const servers = empty();
    const run = await stepsRun(servers, { steps: [], mode });
    const before = servers.calls.length;
    const lines: string[] = [];
    for (const step of [install, join('member'), carry]) await takeSteps(run, [step], (line) => lines.push(line));
    expect(lines).toEqual([
      'helm would install kubefed 0.10.0',
      'member would join as member',
      'the Secret cacerts of host would be federated to host member',
    ]);
    expect(servers.calls).toHaveLength(before);
  });
});

// A restart leaves its time in an annotation, which a snapshot leaves out.
function comparable(snapshot: object): object {
  return JSON.parse(
    JSON.stringify(snapshot, (key, value: unknown) =>
      key === 'annotations' && JSON.stringify(value) === '{}' ? undefined : value,
    ),
  ) as object;
}

describe('a join', () => {
  const joined = (): Servers => makeServers({ host: { holds: [...kubefedOn({})] }, member: {} });

  test('takes the declared API server', async () => {
    const servers = joined();
    const { url } = servers.cluster('member');
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [join('member', url)], said);
    const before = servers.calls.length;
    await takeSteps(run, [join('member', url)], said);
    expect(servers.calls.slice(before).map(({ verb }) => verb)).toEqual(['get']);
  });

  test('names both contexts, and takes over the objects of an earlier attempt', async () => {
    const servers = joined();
    await takeSteps(await stepsRun(servers, { steps: [] }), [join('member')], said);
    expect(servers.calls.find(({ program }) => program === 'kubefedctl')?.args).toEqual([
      'join',
      'member',
      '--cluster-context=member',
      '--host-cluster-context=host',
      '--host-cluster-name=host',
      '--secret-name=member.credentials',
      '--error-on-existing=false',
    ]);
  });

  test('gives KubeFed the declared API server in place of the one of the kubeconfig', async () => {
    const servers = joined();
    const run = await stepsRun(servers, { steps: [] });
    await takeSteps(run, [join('member', 'https://api.example:6443')], said);
    // A part of the object: kubectl itself would miss the fields that kubefedctl has written.
    const named = servers.calls.find(({ args, input }) => args.includes('apply') && input.includes('KubeFedCluster'));
    expect(named?.args).toContain('--validate=ignore');
    const { server } = servers.cluster('host');
    const joinedCluster = server.entries.find(({ kind }) => kind.kind === 'KubeFedCluster');
    expect(joinedCluster?.object.spec).toMatchObject({
      apiEndpoint: 'https://api.example:6443',
      secretRef: { name: 'member.credentials' },
    });
  });

  test('waits until the namespace of an earlier membership is gone', async () => {
    const servers = joined();
    let asked = 0;
    servers.setOnCall((_, { context, verb, args }) => {
      if (context !== 'member' || verb !== 'get' || !args.includes('kube-federation-system')) return undefined;
      asked += 1;
      return asked < 4 ? prints('{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"}}') : undefined;
    });
    await takeSteps(await stepsRun(servers, { steps: [] }), [join('member')], said);
    expect(asked).toBe(4);
    expect(changesOf(servers)).toEqual(['kubefedctl join']);
  });

  test.each([
    ['fails', fails('F1 join.go: error: no'), 'kubefedctl join member: F1 join.go: error: no'],
    ['never ends', never(), 'kubefedctl join member: it takes too long'],
    ['prints without end', tooMuch(), 'kubefedctl join member: it prints too much'],
  ])('ends with a failure if kubefedctl %s', async (_, interruption, problem) => {
    const servers = joined();
    servers.setOnCall((_index, { program }) => (program === 'kubefedctl' ? interruption : undefined));
    const run = await stepsRun(servers, { steps: [] });
    expect((await failureOf(takeSteps(run, [join('member')], said)))?.problem.problem).toBe(problem);
  });
});

describe('the CA that KubeFed carries', () => {
  const ca = (): Servers =>
    makeServers({
      host: { holds: [...kubefedOn({}), namespace('istio-system'), cacerts()] },
      member: { holds: [namespace('istio-system')] },
    });

  test('becomes a FederatedSecret through standard input, and is told to nobody', async () => {
    const servers = ca();
    const lines: string[] = [];
    await takeSteps(await stepsRun(servers, { steps: [] }), [carry], (line) => lines.push(line));
    const input = servers.calls.find(({ verb }) => verb === 'apply')?.input ?? '';
    const { items } = JSON.parse(input) as { items: readonly { spec: { template: { data: object } } }[] };
    expect(items).toHaveLength(1);
    const [sent] = items;
    expect(sent).toMatchObject({
      kind: 'FederatedSecret',
      metadata: { namespace: 'istio-system', name: 'cacerts' },
      spec: { placement: { clusters: [{ name: 'host' }, { name: 'member' }] }, template: { type: 'Opaque' } },
    });
    expect(Object.keys(sent?.spec.template.data ?? {}).sort()).toEqual([
      'ca-cert.pem',
      'ca-key.pem',
      'cert-chain.pem',
      'root-cert.pem',
    ]);
    const key = Buffer.from('key').toString('base64');
    expect(input).toContain(`"${key}"`);
    const open = JSON.stringify([lines, servers.calls.map(({ args }) => args)]);
    expect(open).not.toContain(key);
  });

  test.each([
    ['no text of base64', '{"data":{"ca-key.pem":"***"}}'],
    ['a key that is a path', '{"data":{"../x":"YQ=="}}'],
    ['no data', '{}'],
    ['a number', '{"data":{"a":8}}'],
  ])('is refused if the Secret has %s', async (_, text) => {
    const servers = ca();
    servers.setOnCall((_index, { verb, args }) =>
      verb === 'get' && args.includes('cacerts') ? prints(text) : undefined,
    );
    const run = await stepsRun(servers, { steps: [] });
    const failure = await failureOf(takeSteps(run, [carry], said));
    expect(failure?.problem.problem).toBe(
      'host: Secret istio-system/cacerts cannot be read: its answer has another form',
    );
    expect(changesOf(servers)).toEqual([]);
  });

  test('must exist', async () => {
    const servers = makeServers({ host: { holds: kubefedOn({}) }, member: {} });
    const run = await stepsRun(servers, { steps: [] });
    const failure = await failureOf(takeSteps(run, [carry], said));
    expect(failure?.problem.problem).toBe('host: Secret istio-system/cacerts cannot be read: there is nothing');
  });
});

describe('every call of a step', () => {
  const bounded = { most: 0 };

  test('is bounded, and a step whose calls never end is a failure', async () => {
    const steps = [install, join('member'), carry];
    for (const step of steps) {
      const servers = empty();
      servers.setOnCall((_, { verb, args }) => (verb === 'get' && args.includes('kube-system') ? undefined : never()));
      const run = { ...(await stepsRun(servers, { steps: [] })), stop: simulatedStop(servers) };
      const program: typeof run.program = (call) => {
        bounded.most = Math.max(bounded.most, call.timeoutSeconds);
        return servers.run(call);
      };
      expect(await failureOf(takeSteps({ ...run, program }, [step], said))).not.toBeNull();
    }
    expect(bounded.most).toBeLessThanOrEqual(3 * 60 + 120);
  });
});
