import { describe, expect, test } from 'vitest';
import type { HelmUpgradeStep, IstioctlInstallStep } from '../../../constructs/plan/steps/step.ts';
import { stepSchema } from '../../../operations/plan/step-schema.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { failureOf, stepOn, stepsRun } from './steps-run.ts';

const said = (line: string): void => void line;
const lateAddress = { key: 'values.global.remotePilotAddress', cluster: 'host' };
const install: IstioctlInstallStep = {
  ...stepOn('member', 'remote'),
  action: 'istioctl-install',
  path: 'member/40-remote/istiod.yaml',
  version: '1.31.4',
  lateAddress,
};
const upgrade: HelmUpgradeStep = {
  ...stepOn('member', 'remote'),
  action: 'helm-upgrade',
  path: 'member/40-remote/istiod.yaml',
  release: 'istiod',
  namespace: 'istio-system',
  chart: 'istiod',
  version: '1.31.4',
  chartRepository: 'https://charts.example/istio',
  lateAddress: { ...lateAddress, key: 'global.remotePilotAddress' },
};
const files = { [install.path]: 'spec:\n  profile: remote\n' };

/** A host whose gateway has an address in its status, and a member. */
function worldWith(ingress: unknown, spec: object = {}): Servers {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istio-eastwestgateway', namespace: 'istio-system' },
    spec: { type: 'LoadBalancer', ports: [{ port: 15443 }], ...spec },
    status: { loadBalancer: { ingress } },
  };
  const holds = [namespace('istio-system')];
  return makeServers({ host: { holds: [...holds, service], address: null }, member: { holds } });
}

describe('an address that was not known at synth', () => {
  test.each([
    ['203.0.113.10', [{ ip: '203.0.113.10' }]],
    ['2001:db8::1', [{ ip: '2001:db8::1' }]],
    ['gateway.example', [{ hostname: 'Gateway.example' }]],
    // As istiod: an IP address before a hostname.
    ['203.0.113.10', [{ hostname: 'gateway.example' }, { ip: '203.0.113.10' }]],
  ])('becomes a value: %s', async (address, ingress) => {
    const servers = worldWith(ingress);
    const run = await stepsRun(servers, { steps: [], files });
    await takeSteps(run, [install], said);
    await takeSteps(run, [upgrade], said);
    const words = servers.calls.filter(({ isChange }) => isChange).map(({ args }) => args.slice(-2));
    expect(words).toEqual([
      ['--set', `values.global.remotePilotAddress=${address}`],
      ['--set', `global.remotePilotAddress=${address}`],
    ]);
  });

  test('is never a hostname if the primary injects the remote', async () => {
    const servers = worldWith([{ hostname: 'a1b2.elb.us-east-1.amazonaws.com' }]);
    const gate = { kind: 'gateway-address-known', expected: [], onlyIp: true } as const;
    const gateway = { ...stepOn('host', 'gateways', { gate }), action: 'apply', path: 'host/30-gateways' } as const;
    const run = await stepsRun(servers, { steps: [gateway, install], files });
    for (const step of [install, upgrade]) {
      const failure = await failureOf(takeSteps(run, [step], said));
      expect(failure?.problem.problem).toContain('is the hostname a1b2.elb.us-east-1.amazonaws.com');
      expect(failure?.problem.fix).toContain('injector: local');
    }
    expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
  });

  test.each([
    '203.0.113.10,global.hub=evil',
    '203.0.113.10\\,x',
    '203.0.113.10 --set=x=y',
    '{203.0.113.10}',
    'a.example=b',
    '--context=other',
    '-x',
    '$(id)',
    '`id`',
    '203.0.113.10\n--force',
    '\u001b[2J203.0.113.10',
    '203.0.113.010',
    '0.0.0.0',
    '::',
    'fe80::1%eth0',
    'a..example',
    'x'.repeat(300),
    '٢٠٣.0.113.10',
    '',
  ])('is refused before it is an argument: %j', async (hostile) => {
    for (const ingress of [
      [{ ip: hostile }],
      [{ hostname: hostile }],
      [{ ip: '203.0.113.10' }, { hostname: hostile }],
    ]) {
      const servers = worldWith(ingress);
      const run = await stepsRun(servers, { steps: [], files });
      for (const step of [install, upgrade]) {
        const failure = await failureOf(takeSteps(run, [step], said));
        expect(failure?.problem.problem).toMatch(/^the gateway of host has no/);
      }
      expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
    }
  });

  test.each<[string, unknown, object]>([
    ['a number', [{ ip: 8 }], {}],
    ['a mapping', { ip: '203.0.113.10' }, {}],
    ['an external IP with a comma', [], { type: 'ClusterIP', externalIPs: ['203.0.113.10,x=y'] }],
    ['a type of its own', [{ ip: '203.0.113.10' }], { type: 7 }],
  ])('is refused if it is %s', async (_, ingress, spec) => {
    const servers = worldWith(ingress, spec);
    const run = await stepsRun(servers, { steps: [], files });
    expect((await failureOf(takeSteps(run, [install], said)))?.kind).toBe('failed');
    expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
  });

  test('is waited for by nobody, and not asked for in a run that changes nothing', async () => {
    const servers = worldWith([]);
    const run = await stepsRun(servers, { steps: [], files });
    expect((await failureOf(takeSteps(run, [install], said)))?.problem).toEqual({
      problem: 'the gateway of host has no address',
      fix: 'wait for its load balancer, and run it again',
    });
    const before = servers.calls.length;
    const lines: string[] = [];
    for (const mode of ['dry-run', 'diff'] as const)
      await takeSteps({ ...run, mode }, [install], (line) => lines.push(line));
    expect(lines).toEqual(Array(2).fill('istioctl would install member/40-remote/istiod.yaml'));
    expect(servers.calls).toHaveLength(before);
  });
});

describe('a step of an edited plan', () => {
  const target = { name: 'member', kubeContext: 'member', uid: null };
  const plain = (step: object): object => ({ ...step, target });
  const chart = (changes: object): object => plain({ ...upgrade, ...changes });
  const engine = { ...stepOn('member', 'federationControlPlane'), engine: 'kubefed' };
  const installation = {
    chart: 'kubefed',
    version: '0.10.0',
    chartRepository: 'https://charts.example',
    image: 'quay.io/a/kubefed:v0.10.0',
    pullSecrets: ['pull'],
  };
  const engineWith = (changes: object): object =>
    plain({ ...engine, action: 'install-engine', installation: { ...installation, ...changes } });
  const joinWith = (changes: object): object =>
    plain({
      ...engine,
      action: 'join',
      joining: { name: 'member', federationCluster: 'member', apiServer: null, ...changes },
    });
  const readWith = (changes: object): object =>
    plain({
      ...stepOn('member', 'discovery'),
      action: 'remote-secret',
      read: { name: 'host', istioCluster: 'host', apiServer: null, ...changes },
      isRemote: false,
    });

  test('is read if it is as synth writes it', () => {
    for (const step of [plain(install), chart({}), engineWith({}), joinWith({}), readWith({})])
      expect(stepSchema.safeParse(step).error?.issues ?? []).toEqual([]);
    expect(stepSchema.safeParse(joinWith({ apiServer: 'https://203.0.113.10:6443' })).success).toBe(true);
  });

  test.each<[string, object]>([
    ['a key with a second value', plain({ ...install, lateAddress: { ...lateAddress, key: 'a=b,c' } })],
    ['a key that is an option', plain({ ...install, lateAddress: { ...lateAddress, key: '--set' } })],
    ['a key with a list', plain({ ...install, lateAddress: { ...lateAddress, key: 'a[0].b' } })],
    ['a version that is a range', chart({ version: '>0' })],
    ['a chart that is a path', chart({ chart: '../evil' })],
    ['a chart that is an address', chart({ chart: 'https://evil.example/x.tgz' })],
    ['a chart that is an option', chart({ chart: '--repo=x' })],
    ['a repository with a password', chart({ chartRepository: 'https://user:secret@charts.example' })],
    ['a repository that is a file', chart({ chartRepository: 'file:///tmp' })],
    ['a release with a blank', chart({ release: 'a b' })],
    ['an image with a second value', engineWith({ image: 'quay.io/a/kubefed:v1,x=y' })],
    ['a pull secret with a second value', engineWith({ pullSecrets: ['a,b=c'] })],
    ['a cluster with a comma', joinWith({ federationCluster: 'a,b' })],
    ['an API server without TLS', joinWith({ apiServer: 'http://203.0.113.10' })],
    ['an API server with a password', readWith({ apiServer: 'https://u:p@203.0.113.10' })],
    ['an API server with a path', readWith({ apiServer: 'https://203.0.113.10/x' })],
  ])('is not read if it has %s', (_, step) => {
    expect(stepSchema.safeParse(step).success).toBe(false);
  });
});
