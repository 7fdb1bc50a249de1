import { describe, expect, test } from 'vitest';
import type { HelmUpgradeStep } from '../../../constructs/plan/steps/step.ts';
import { chartWords } from '../../../operations/programs/chart.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import { keepRevision, revisionsOf } from '../../support/servers/programs/helm/releases.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { simulatedStop } from '../apply/apply-run.ts';
import { failureOf, stepOn, stepsRun } from './steps-run.ts';

const said = (line: string): void => void line;
const source = { chart: 'istiod', version: '1.31.4', chartRepository: 'https://charts.example/istio' };
const upgrade = (changes: Partial<HelmUpgradeStep> = {}): HelmUpgradeStep => ({
  ...stepOn('host', 'controlPlane'),
  ...source,
  action: 'helm-upgrade',
  path: 'host/20-control-plane/istiod.yaml',
  release: 'istiod',
  namespace: 'istio-system',
  lateAddress: null,
  ...changes,
});
const files = { 'host/20-control-plane/istiod.yaml': 'global:\n  hub: docker.io/istio\n' };

function hostWorld(): Servers {
  return makeServers({ host: { holds: [namespace('istio-system')] } });
}

type Status = Parameters<typeof keepRevision>[1]['status'];

function holdRevision(servers: Servers, revision: number, status: Status): void {
  const values = { chart: 'istiod', version: '1.31.3', values: '', manifest: '' };
  keepRevision(servers.cluster('host').server, {
    ...{ name: 'istiod', namespace: 'istio-system', revision, status },
    ...values,
  });
}

const changesOf = ({ calls }: Servers): readonly string[] =>
  calls.filter(({ isChange }) => isChange).map(({ program, verb }) => `${program} ${verb}`);
const statesOf = ({ cluster }: Servers): readonly string[] =>
  revisionsOf(cluster('host').server, 'istio-system', 'istiod').map(({ status }) => status);

describe('a chart', () => {
  test('comes from a repository or a registry', () => {
    const nothing = (): boolean => false;
    expect(chartWords(source, false, nothing)).toEqual([
      'istiod',
      '--repo=https://charts.example/istio',
      '--version=1.31.4',
    ]);
    const registry = { ...source, chartRepository: 'oci://registry.example/charts' };
    expect(chartWords(registry, false, () => true)).toEqual([
      'oci://registry.example/charts/istiod',
      '--version=1.31.4',
    ]);
  });

  test('without TLS needs a flag, in every mode', async () => {
    const servers = hostWorld();
    const step = upgrade({ chartRepository: 'http://charts.example/istio' });
    for (const mode of ['apply', 'diff', 'dry-run'] as const) {
      const run = await stepsRun(servers, { steps: [step], mode, files });
      const failure = await failureOf(takeSteps(run, [step], said));
      expect(failure?.problem.problem).toContain('http://charts.example/istio has no TLS');
      expect(failure?.problem.fix).toContain('--allow-http-charts');
    }
    expect(servers.calls.filter(({ program }) => program === 'helm')).toEqual([]);
    const run = await stepsRun(servers, { steps: [step], files, settings: { allowHttpCharts: true } });
    await takeSteps(run, [step], said);
    expect(changesOf(servers)).toEqual(['helm upgrade']);
  });

  test('is not a directory of the same name, which helm would take first', () => {
    expect(() => chartWords(source, false, (path) => path === 'istiod')).toThrow(
      'helm would take istiod of this directory',
    );
  });

  test('goes with its values through standard input, and within bounds', async () => {
    const servers = hostWorld();
    const seen: number[] = [];
    const run = await stepsRun(servers, { steps: [upgrade()], files });
    const program: typeof run.program = (call) => {
      seen.push(call.timeoutSeconds);
      return servers.run(call);
    };
    await takeSteps({ ...run, program }, [upgrade()], said);
    expect(Math.max(...seen)).toBeLessThanOrEqual(run.settings.timeoutSeconds + 120);
    const [call] = servers.calls.filter(({ verb }) => verb === 'upgrade');
    expect(call?.input).toBe(files['host/20-control-plane/istiod.yaml']);
    expect(call?.args).toContain('--values=-');
  });
});

describe('an unfinished change of a release', () => {
  test.each([
    ['pending-install' as const, ['helm uninstall', 'helm upgrade'], ['deployed']],
    [
      'pending-upgrade' as const,
      ['helm rollback', 'helm upgrade'],
      ['superseded', 'pending-upgrade', 'superseded', 'deployed'],
    ],
    [
      'pending-rollback' as const,
      ['helm rollback', 'helm upgrade'],
      ['superseded', 'pending-rollback', 'superseded', 'deployed'],
    ],
  ])('is taken back if it is %s', async (status, changes, states) => {
    const servers = hostWorld();
    if (status !== 'pending-install') holdRevision(servers, 1, 'deployed');
    holdRevision(servers, status === 'pending-install' ? 1 : 2, status);
    const run = await stepsRun(servers, { steps: [upgrade()], files });
    const lines: string[] = [];
    await takeSteps(run, [upgrade()], (line) => lines.push(line));
    expect(changesOf(servers)).toEqual(changes);
    expect(statesOf(servers)).toEqual(states);
    expect(lines[0]).toBe(`release istiod is ${status}: an earlier run may still be at work`);
    expect(servers.clock.now()).toBeGreaterThanOrEqual(60_000);
  });

  test('is waited for, since its helm may live on', async () => {
    const servers = hostWorld();
    holdRevision(servers, 1, 'pending-install');
    servers.setOnCall(() => {
      if (servers.clock.now() > 20_000) holdRevision(servers, 1, 'deployed');
      return undefined;
    });
    const run = await stepsRun(servers, { steps: [upgrade()], files });
    await takeSteps(run, [upgrade()], said);
    expect(changesOf(servers)).toEqual(['helm upgrade']);
    expect(servers.clock.now()).toBeLessThan(30_000);
  });

  test('is left alone when the end is asked for', async () => {
    const servers = hostWorld();
    holdRevision(servers, 1, 'pending-install');
    const stop = simulatedStop(servers);
    servers.setOnCall((_, { verb }) => {
      if (verb === 'status') stop.request('Ctrl-C');
      return undefined;
    });
    const run = { ...(await stepsRun(servers, { steps: [upgrade()], files })), stop };
    const failure = await failureOf(takeSteps(run, [upgrade()], said));
    expect(failure?.kind).toBe('stopped');
    expect(changesOf(servers)).toEqual([]);
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['a number', '{"info":{"status":8}}'],
    ['flags', '{"info":{"status":"pending-install --all"}}'],
    ['escapes', `{"info":{"status":"pending-\\u001b[2J"}}`],
  ])('is not what is said in %s', async (_, text) => {
    const servers = hostWorld();
    servers.setOnCall((_index, { verb }) => (verb === 'status' ? prints(text) : undefined));
    const run = await stepsRun(servers, { steps: [upgrade()], files });
    await takeSteps(run, [upgrade()], said);
    expect(changesOf(servers)).toEqual(['helm upgrade']);
  });

  test('that cannot be taken back is a failure with what helm says', async () => {
    const servers = hostWorld();
    holdRevision(servers, 1, 'pending-install');
    servers.setOnCall((_, { verb }) => (verb === 'uninstall' ? fails('Error: forbidden') : undefined));
    const run = await stepsRun(servers, { steps: [upgrade()], files, settings: { pollMilliseconds: 20_000 } });
    const failure = await failureOf(takeSteps(run, [upgrade()], said));
    expect(failure?.problem.problem).toBe('helm uninstall of istiod on host: Error: forbidden');
  });

  test('ends with a real stop at once', async () => {
    const servers = hostWorld();
    holdRevision(servers, 1, 'pending-install');
    const stop = makeStop();
    const run = { ...(await stepsRun(servers, { steps: [upgrade()], files })), stop };
    const began = Date.now();
    const taken = failureOf(takeSteps(run, [upgrade()], said));
    setTimeout(() => stop.request('Ctrl-C'), 50);
    expect((await taken)?.kind).toBe('stopped');
    expect(Date.now() - began).toBeLessThan(1500);
  });
});
