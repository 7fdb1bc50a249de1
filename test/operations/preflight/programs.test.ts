import { describe, expect, test } from 'vitest';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { problemsOfKubectl } from '../../../operations/preflight/programs.ts';
import { runPreflight } from '../../support/preflight/run-preflight.ts';
import { prints } from '../../support/servers/interruptions.ts';
import type { ServerOptions } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';

const problemsWith = async (options: ServerOptions, change?: (step: Step) => Step) =>
  (await runPreflight(defaultWorld(options), change === undefined ? {} : { change })).problems;
const saying = (program: string, text: string): ServerOptions => ({
  onCall: (_, call) => (call.program === program && call.verb === 'version' ? prints(text) : undefined),
});
const clientOf = (gitVersion: string): string => JSON.stringify({ clientVersion: { gitVersion } });

describe('kubectl', () => {
  const problemsWith = (options: ServerOptions) => problemsOfKubectl(defaultWorld(options).run);

  test.each(['v1.22.0', 'v1.34.4', 'v1.32.4-dispatcher', 'v2.0.0'])('may be %s', async (version) => {
    expect(await problemsWith(saying('kubectl', clientOf(version)))).toEqual([]);
  });

  test.each(['v1.21.14', 'v1.19.16', 'v1.9.0', 'v0.30.1'])('is too old as %s', async (version) => {
    expect(await problemsWith(saying('kubectl', clientOf(version)))).toEqual([
      { problem: `kubectl is ${version}, and 1.22 or newer is needed`, fix: 'install kubectl 1.22 or newer' },
    ]);
  });

  test('is not on the PATH', async () => {
    expect(await problemsWith({ missing: ['kubectl'] })).toEqual([
      { problem: 'kubectl is not on the PATH', fix: 'install it and put it on the PATH' },
    ]);
  });

  test.each([clientOf('v1.BASHPID[$(id)].0'), clientOf('\u001b[2Jv1.34.4'), '{}', 'v1.34.4', ''])(
    'tells no version with %j',
    async (text) => {
      expect(await problemsWith(saying('kubectl', text))).toEqual([
        { problem: 'kubectl does not tell its version', fix: 'install kubectl 1.22 or newer' },
      ]);
    },
  );
});

describe('istioctl', () => {
  test.each([
    'client version: 1.31.4\n',
    '1.31.4\n',
    'no running Istio pods\n1.31.4\n',
    'client version: 1.31.4-distroless',
  ])('may say %j', async (text) => {
    expect(await problemsWith(saying('istioctl', text))).toEqual([]);
  });

  test.each(['1.31.40', '1.31.41', '11.31.4', '1.30.9', 'client version: 1.32.0', '1.31.4.1'])(
    'of another version installs another Istio: %s',
    async (text) => {
      expect(await problemsWith(saying('istioctl', text))).toEqual([
        { problem: `istioctl is ${text}, the plan is for 1.31.4`, fix: 'install istioctl 1.31.4' },
      ]);
    },
  );

  test('is unknown without an answer, and shown harmlessly', async () => {
    const problem = 'istioctl is unknown, the plan is for 1.31.4';
    expect(await problemsWith(saying('istioctl', ''))).toEqual([{ problem, fix: 'install istioctl 1.31.4' }]);
    const [evil] = await problemsWith(saying('istioctl', '\u001b]0;title\u0007'));
    expect(evil?.problem).toMatch(/^istioctl is [ -~]+, the plan is for 1\.31\.4$/);
  });
});

test('names every program that is not on the PATH', async () => {
  const needing = (step: Step): Step => ({ ...step, needs: ['helm', 'istioctl'] });
  const onPath = { fix: 'install it and put it on the PATH' };
  expect(await problemsWith({ missing: ['helm', 'istioctl'] }, needing)).toEqual([
    { problem: 'helm is not on the PATH', ...onPath },
    { problem: 'istioctl is not on the PATH', ...onPath },
  ]);
  expect(await problemsWith({}, needing)).toEqual([]);
});

describe('a chart repository', () => {
  const upgrading =
    (chartRepository: string) =>
    (step: Step): Step => {
      if (step.action !== 'istioctl-install') return step;
      const { version: _, ...base } = step;
      const chart = {
        release: 'istiod',
        namespace: 'istio-system',
        chart: 'istiod',
        version: '1.31.4',
        chartRepository,
      };
      return { ...base, action: 'helm-upgrade', needs: ['helm'], ...chart };
    };

  test.each(['http://charts.example.com', 'HTTP://charts.example.com'])(
    'without TLS is refused once, unless it is allowed: %s',
    async (repository) => {
      const change = upgrading(repository);
      expect(await problemsWith({}, change)).toEqual([
        {
          problem: `the chart repository ${repository} is reached without TLS: anybody on the way can exchange a chart, which runs with all rights`,
          fix: 'declare a repository with https, or add --allow-http-charts',
        },
      ]);
      const allowed = await runPreflight(defaultWorld(), { change, settings: { allowHttpCharts: true } });
      expect(allowed.problems).toEqual([]);
    },
  );

  test.each(['https://charts.example.com', 'oci://charts.example.com'])(
    'with TLS is accepted: %s',
    async (repository) => {
      expect(await problemsWith({}, upgrading(repository))).toEqual([]);
    },
  );
});
