import { describe, expect, test } from 'vitest';
import type { ApplyStep, IstioctlInstallStep } from '../../../constructs/plan/steps/step.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { fails, never, prints, tooMuch } from '../../support/servers/interruptions.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { failureOf, stepOn, stepsRun } from './steps-run.ts';

const said = (line: string): void => void line;
const path = 'host/10-foundation';
const step: ApplyStep = { ...stepOn('host', 'foundation'), action: 'apply', path };
const configMap = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: istio-system\ndata:\n  a: ${value}\n`;
const world = (): Servers => makeServers({ host: { holds: [namespace('istio-system')] } });
const changesOf = (servers: Servers): readonly string[] =>
  servers.calls.filter(({ isChange }) => isChange).map(({ verb }) => verb);

describe('a directory', () => {
  test('is applied from what was read, not from a file', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], files: { [path]: configMap('b') } });
    const lines: string[] = [];
    await takeSteps(run, [step], (line) => lines.push(line));
    expect(lines).toEqual(['configmap/a serverside-applied']);
    expect(servers.calls.at(-1)?.args.join(' ')).not.toContain(path);
    expect(servers.calls.at(-1)?.input).toBe(configMap('b'));
  });

  test('has no difference after an apply, and one before', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], files: { [path]: configMap('b') } });
    const diff = { ...run, mode: 'diff' } as const;
    expect((await takeSteps(diff, [step], said)).differences).toContain('+  a: b');
    await takeSteps(run, [step], said);
    expect(await takeSteps(diff, [step], said)).toEqual({ differences: '', untried: 0 });
    expect(changesOf(servers)).toEqual(['apply']);
  });

  test.each(['dry-run', 'diff'] as const)('cannot be tried with --%s before its namespace is there', async (mode) => {
    const servers = makeServers({ host: {} });
    const run = await stepsRun(servers, { steps: [], mode, files: { [path]: configMap('b') } });
    const lines: string[] = [];
    expect(await takeSteps(run, [step], (line) => lines.push(line))).toEqual({ differences: '', untried: 1 });
    expect(lines.at(-1)).toBe('cannot be tried before earlier steps are taken');
    expect(changesOf(servers)).toEqual([]);
  });

  test('is not the same because kubectl exits with 1 and shows nothing', async () => {
    const servers = world();
    servers.setOnCall((_, { verb }) => (verb === 'diff' ? fails('error: the plugin has no token') : undefined));
    const run = await stepsRun(servers, { steps: [], mode: 'diff', files: { [path]: configMap('b') } });
    expect((await takeSteps(run, [step], said)).untried).toBe(1);
  });

  test.each([
    ['says no', fails('Error from server (Forbidden): no'), 'Error from server (Forbidden): no'],
    ['never answers', never(), 'it takes too long'],
    ['answers without end', tooMuch(), 'its answer is too long'],
  ])('is not applied if the server %s', async (_, interruption, reason) => {
    const servers = world();
    servers.setOnCall((_index, { verb }) => (verb === 'apply' ? interruption : undefined));
    const run = await stepsRun(servers, { steps: [], files: { [path]: configMap('b') } });
    const failure = await failureOf(takeSteps(run, [step], said));
    expect(failure?.problem.problem).toBe(`host: host/10-foundation is not applied: ${reason}`);
  });

  test('says how to take over what somebody else has set', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], files: { [path]: configMap('b') } });
    await takeSteps(run, [step], said);
    const { server } = servers.cluster('host');
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'istio-system' } };
    server.apply({ ...other, data: { a: 'theirs' } }, { manager: 'somebody', force: true });
    expect((await failureOf(takeSteps(run, [step], said)))?.problem.fix).toContain('--force-conflicts');
    const forced = { ...run, settings: { ...run.settings, forceConflicts: true } };
    expect(await failureOf(takeSteps(forced, [step], said))).toBeNull();
  });
});

describe('the certificates that were given', () => {
  const texts = { 'ca-cert.pem': 'cert', 'ca-key.pem': 'the key', 'root-cert.pem': 'root', 'cert-chain.pem': 'chain' };
  const gated: ApplyStep = { ...step, gate: { kind: 'cacerts-present' } };
  const settings = { cacerts: new Map([['host', texts]]) };

  test('become a Secret through standard input, and only in a run that changes something', async () => {
    const servers = world();
    const run = await stepsRun(servers, { steps: [], settings, files: { [path]: configMap('b') } });
    for (const mode of ['dry-run', 'diff'] as const) await takeSteps({ ...run, mode }, [gated], said);
    expect(changesOf(servers)).toEqual([]);
    const lines: string[] = [];
    await takeSteps(run, [gated], (line) => lines.push(line));
    expect(changesOf(servers)).toEqual(['apply', 'apply']);
    const key = Buffer.from('the key').toString('base64');
    expect(servers.calls.at(-1)?.input).toContain(key);
    const open = JSON.stringify([lines, servers.calls.map(({ args }) => args)]);
    expect(open).not.toContain(key);
    expect(open).not.toContain('the key');
  });

  test('are those of the cluster, and of no other one', async () => {
    const servers = world();
    const others = { cacerts: new Map([['member', texts]]) };
    const run = await stepsRun(servers, { steps: [], settings: others, files: { [path]: configMap('b') } });
    await takeSteps(run, [gated], said);
    expect(changesOf(servers)).toEqual(['apply']);
  });
});

describe('an installation by istioctl', () => {
  const install: IstioctlInstallStep = {
    ...stepOn('host', 'controlPlane'),
    action: 'istioctl-install',
    path: 'host/20-control-plane/istiod.yaml',
    version: '1.31.4',
    lateAddress: null,
  };
  const files = { [install.path]: 'spec: {}\n' };

  test('reads its file from standard input', async () => {
    const servers = world();
    await takeSteps(await stepsRun(servers, { steps: [], files }), [install], said);
    const call = servers.calls.find(({ program }) => program === 'istioctl');
    expect(call?.args).toEqual([
      'install',
      '--context=host',
      '--filename=-',
      '--skip-confirmation',
      '--readiness-timeout=60s',
    ]);
    expect(call?.input).toBe('spec: {}\n');
  });

  test.each([
    ['fails', fails('Error: a\nError: the last line'), 'Error: the last line'],
    ['never ends', never(), 'it takes too long'],
    ['prints without end', tooMuch(), 'it prints too much'],
  ])('is a failure if istioctl %s', async (_, interruption, reason) => {
    const servers = world();
    servers.setOnCall((_index, { verb }) => (verb === 'install' ? interruption : undefined));
    const failure = await failureOf(takeSteps(await stepsRun(servers, { steps: [], files }), [install], said));
    expect(failure?.problem.problem).toBe(`istioctl install on host: ${reason}`);
  });

  test('shows no more than the last lines of what it prints', async () => {
    const servers = world();
    servers.setOnCall((_, { verb }) => (verb === 'install' ? prints('x\n'.repeat(100_000)) : undefined));
    const lines: string[] = [];
    await takeSteps(await stepsRun(servers, { steps: [], files }), [install], (line) => lines.push(line));
    expect(lines).toHaveLength(200);
  });
});
