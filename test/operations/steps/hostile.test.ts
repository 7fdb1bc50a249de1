import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { prints } from '../../support/servers/interruptions.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { failureOf, stepOn, stepsRun } from './steps-run.ts';

/** Random answers for each step; more of them come with `HOSTILE_RUNS`. */
const runs = Number(process.env.HOSTILE_RUNS ?? 12);

const said = (line: string): void => void line;
const onHost = stepOn('host', 'controlPlane');
const ofKubefed = { ...onHost, engine: 'kubefed' };
const lateAddress = { key: 'values.global.remotePilotAddress', cluster: 'member' };
const chart = { chart: 'istiod', version: '1.31.4', chartRepository: 'https://charts.example' };

const steps: readonly Step[] = [
  { ...onHost, action: 'apply', path: 'host/10-foundation' },
  { ...onHost, action: 'istioctl-install', path: 'host/20-control-plane', version: '1.31.4', lateAddress },
  {
    ...onHost,
    ...chart,
    action: 'helm-upgrade',
    path: 'host/20-control-plane',
    release: 'istiod',
    namespace: 'istio-system',
    lateAddress,
  },
  {
    ...onHost,
    action: 'remote-secret',
    read: { name: 'member', istioCluster: 'member', apiServer: null },
    isRemote: false,
  },
  { ...onHost, action: 'remote-secret-gone', read: { name: 'member', istioCluster: 'member' } },
  {
    ...ofKubefed,
    action: 'install-engine',
    installation: { ...chart, chart: 'kubefed', image: 'quay.io/a/kubefed:v0.10.0', pullSecrets: [] },
  },
  {
    ...ofKubefed,
    action: 'join',
    joining: { name: 'member', federationCluster: 'member', apiServer: 'https://api.example:6443' },
  },
  { ...ofKubefed, action: 'federated-cacerts', clusters: ['host', 'member'] },
];

/** Every form of a call: words of ours, contexts of the plan, and addresses. Nothing else of an answer is in it. */
const grammar: readonly RegExp[] = [
  /^kubectl --context=(host|member) --request-timeout=\d+s (get|api-resources|config view|apply|diff|rollout restart) ?[-a-z0-9=_./ ]*$/,
  /^kubectl --context=host --request-timeout=\d+s delete --raw=\/api\/v1\/namespaces\/istio-system\/secrets\/istio-remote-secret-member --filename=-$/,
  /^istioctl install --context=host --filename=- --skip-confirmation --readiness-timeout=\d+s --set values\.global\.remotePilotAddress=[a-z0-9.:-]+$/,
  /^istioctl (x )?create-remote-secret (--help|--context=member --name=member)$/,
  /^helm (status|uninstall|rollback) istiod [-a-z0-9= ]*$/,
  /^helm upgrade --install istiod istiod --repo=https:\/\/charts\.example --version=1\.31\.4 --namespace=istio-system --kube-context=host --values=- --timeout=\d+s --set values\.global\.remotePilotAddress=[a-z0-9.:-]+$/,
  /^helm (show crds|template kubefed) kubefed --repo=https:\/\/charts\.example --version=1\.31\.4( --[-a-z]+(=[-a-z]+)?| controllermanager\.[a-z.]+=[a-z0-9./]+)*$/,
  /^kubefedctl join member --cluster-context=member --host-cluster-context=host --host-cluster-name=host --secret-name=member\.credentials --error-on-existing=false$/,
];

const texts = [
  'BASHPID[$(id >PWNED; echo 0)]',
  '--context=other',
  '-A',
  '$(id)',
  '203.0.113.10,global.hub=evil',
  '\u001b]0;x\u0007',
  '08',
  '__proto__',
  '[[[[',
  '&a [*a]',
  '---\n---\n',
  'x'.repeat(200_000),
  '['.repeat(300_000),
];
const value = fc.oneof(
  fc.constantFrom<unknown>(
    ...texts,
    -1,
    1e21,
    null,
    true,
    [],
    {},
    'pending-install',
    'Deployment',
    'https://a.example',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

// The form of many answers at once, with other values in it.
function shaped(next: () => unknown): object {
  return {
    apiVersion: next(),
    kind: next(),
    metadata: { name: next(), namespace: next(), uid: next(), resourceVersion: next(), labels: next() },
    info: { status: next() },
    clusters: [{ cluster: { server: next() } }],
    data: { 'ca-key.pem': next() },
    stringData: { member: next() },
    spec: { replicas: next(), type: next(), externalIPs: [next()], ports: next() },
    status: { loadBalancer: { ingress: [{ ip: next(), hostname: next() }] }, conditions: next() },
    items: next(),
  };
}

describe('a step obeys no answer', () => {
  test.each(steps)('$action', { timeout: 120_000 }, async (step) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 0, 0, 1),
        fc.constantFrom('apply' as const, 'apply' as const, 'dry-run' as const, 'diff' as const),
        async (values, exitCode, mode) => {
          const servers = makeServers({ host: {}, member: {} });
          const settings = { timeoutSeconds: 4, pollMilliseconds: 2000 };
          const run = await stepsRun(servers, { steps: [], mode, settings });
          const before = servers.calls.length;
          let index = 0;
          const next = (): unknown => values[index++ % values.length];
          servers.setOnCall(() => {
            const first = next();
            const text = typeof first === 'string' ? first : JSON.stringify(shaped(next));
            return prints(text, { isDone: false, exitCode, stderr: exitCode === 0 ? '' : text });
          });
          const began = Date.now();
          await failureOf(takeSteps(run, [step], said));
          expect(Date.now() - began).toBeLessThan(10_000);
          for (const { program, args } of servers.calls.slice(before)) {
            const call = [program, ...args].join(' ');
            expect(
              grammar.some((form) => form.test(call)),
              call,
            ).toBe(true);
          }
        },
      ),
      { numRuns: runs },
    );
  });
});
