import { expect, test } from 'vitest';
import type { InstallEngineStep, JoinStep } from '../../../constructs/plan/steps/step.ts';
import { holdGates } from '../../../operations/gates/hold-gates.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { kubefedOn } from '../../support/servers/worlds/registered.ts';
import { failureOf, installsKubefed, joinsKubefed, stepsRun } from './steps-run.ts';

const install = installsKubefed('mirror.example/kubefed:v0.10.0', ['first', 'second']);
const join: JoinStep = { ...joinsKubefed('member', 'second.example'), gate: { kind: 'registration-ready' } };

async function callsOf(servers: Servers, step: InstallEngineStep | JoinStep, program: string) {
  await takeSteps(await stepsRun(servers, { steps: [] }), [step], () => {});
  return servers.calls.filter((call) => call.program === program);
}

test('the chart gets the image of the mirror, its tag and its pull secrets', async () => {
  const calls = await callsOf(makeServers({ host: {}, member: {} }), install, 'helm');
  const words = calls.find(({ verb }) => verb === 'template')?.args ?? [];
  expect(words).toEqual(
    expect.arrayContaining([
      'controllermanager.controller.repository=mirror.example',
      'controllermanager.webhook.repository=mirror.example',
      'controllermanager.webhook.tag=v0.10.0',
      'controllermanager.imagePullSecrets[0].name=first',
      'controllermanager.imagePullSecrets[1].name=second',
    ]),
  );
});

test('no argument holds the key of the webhook', async () => {
  const servers = makeServers({ host: {}, member: {} });
  await callsOf(servers, install, 'helm');
  const inputs = servers.calls.filter(({ input }) => input.includes('d2ViaG9vay1rZXk='));
  expect(inputs.length).toBeGreaterThan(0);
  expect(servers.calls.flatMap(({ args }) => args).filter((word) => word.includes('d2ViaG9vay1rZXk='))).toEqual([]);
});

test('a join names both contexts, and takes over the objects of an earlier attempt', async () => {
  const servers = makeServers({ host: { holds: [...kubefedOn({})] }, member: {} });
  const [call] = await callsOf(servers, join, 'kubefedctl');
  expect(call?.args).toEqual([
    'join',
    'second.example',
    '--cluster-context=member',
    '--host-cluster-context=host',
    '--host-cluster-name=host',
    '--secret-name=second.example.credentials',
    '--error-on-existing=false',
  ]);
});

test('a cluster that KubeFed does not reach is waited for', async () => {
  const servers = makeServers({ host: { holds: [...kubefedOn({})] }, member: {} });
  const failure = await failureOf(holdGates(await stepsRun(servers, { steps: [] }), [join], () => {}));
  expect(failure?.kind).toBe('timed-out');
  expect(failure?.problem.problem).toContain('KubeFed has no cluster second.example');
});
