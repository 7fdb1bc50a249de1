import { describe, expect, test } from 'vitest';
import { runPreflight } from '../../support/preflight/run-preflight.ts';
import { fails, never, prints } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { defaultClusters, defaultWorld } from '../../support/servers/worlds/worlds.ts';

const all = '* * *';
const clusters = defaultClusters();
const maying = (host: (right: string) => boolean, member: (right: string) => boolean = () => true): Servers =>
  defaultWorld({}, { host: { ...clusters.host, may: host }, member: { ...clusters.member, may: member } });
const asked = ({ calls }: Servers, context = 'host'): readonly string[] =>
  calls
    .filter((call) => call.verb === 'auth can-i' && call.context === context)
    .map(({ args }) => args.slice(args.indexOf('can-i') + 1).join(' '));

test('asks an administrator once', async () => {
  const servers = maying(() => true);
  expect((await runPreflight(servers)).problems).toEqual([]);
  expect(asked(servers)).toEqual(['--all-namespaces -- * *']);
});

test('checks each right that the steps need if the user is no administrator', async () => {
  const servers = maying((right) => right !== all);
  expect((await runPreflight(servers)).problems).toEqual([]);
  const questions = asked(servers);
  expect(questions).toEqual(
    expect.arrayContaining([
      '--all-namespaces -- create namespaces',
      '--namespace=istio-system -- patch deployments.apps',
      '--all-namespaces -- patch customresourcedefinitions.apiextensions.k8s.io',
      '--namespace=istio-system -- create secrets',
      '--namespace=sample -- patch federateddeployments.types.kubefed.io',
      '--namespace=kube-system -- update configmaps',
      '--namespace=kube-system -- create leases.coordination.k8s.io',
    ]),
  );
  // The names of Istio's kinds in URLs are unknown until the API server serves them.
  expect(questions.filter((one) => /gateways|virtualservices/.test(one))).toEqual([]);
  expect(questions).toHaveLength(new Set(questions).size);
});

test('names every missing right, cluster by cluster', async () => {
  const missing = [all, 'patch deployments.apps istio-system', 'create namespaces *'];
  const servers = maying(
    (right) => right !== all,
    (right) => !missing.includes(right),
  );
  expect((await runPreflight(servers)).problems).toEqual([
    {
      problem:
        'member: context member has no permission to\n      patch deployments.apps in istio-system\n      create namespaces',
      fix: 'have these rights granted, or use a context with administrator rights',
    },
  ]);
});

test('needs no right in a cluster without a step in this run', async () => {
  const servers = maying(() => false);
  const { problems } = await runPreflight(servers, { only: ['member'], from: '70-workloads' });
  expect(problems).toEqual([]);
  expect(asked(servers)).toEqual([]);
});

test('needs no right to record what a run does not change', async () => {
  const servers = maying((right) => right !== all);
  await runPreflight(servers, { mode: 'diff' });
  expect(asked(servers).filter((one) => one.includes('kube-system'))).toEqual([]);
});

describe('an answer that is no answer', () => {
  test.each([
    ['maybe', prints('maybe\n')],
    ['two lines', prints('yes\nno\n')],
    ['escapes', prints('\u001b[2Jyes\n')],
    ['none', never()],
    ['a failure', fails('error: \u001b]0;x\u0007unknown')],
  ])('is unknown, and neither yes nor no: %s', async (_, answer) => {
    const onCall = (_: number, call: { readonly verb: string; readonly context: string }) =>
      call.verb === 'auth can-i' && call.context === 'member' ? answer : undefined;
    const { problems } = await runPreflight(defaultWorld({ onCall }));
    expect(problems.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^member does not tell what context member may do: [ -~]+$/),
    ]);
  });
});
