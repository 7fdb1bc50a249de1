import { afterAll, beforeAll, expect, test } from 'vitest';
import { program } from '../../build/go.ts';
import { environment } from '../../environment.ts';
import { get, gone, kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import { run } from '../../machine/run.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { serveCharts } from '../../product/chart-repository.ts';
import { breakLeases } from '../../product/leases.ts';
import { killedAt, tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf, declarationOf } from '../../product/output.ts';
import { wishesOf } from '../script/wishes.ts';
import { engineOf, registrationOf } from './engine.ts';

const WAVE = '05-federation-control-plane';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');

let trust: Trust;
let stopServing: (() => void) | undefined;
const byCommand = (options: readonly string[] = []) => tryOperation(output, ['--cacerts', trust.directory, ...options]);

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
  stopServing = await serveCharts(['base', 'istiod', 'kubefed']);
});

afterAll(() => {
  stopServing?.();
  trust.forget();
});

// While its CRDs arrive, while its webhook starts with a certificate that the next run will not have, and during a
// join.
test.each([
  { step: 'install-engine', seconds: 1 },
  { step: 'install-engine', seconds: 5 },
  { step: 'join', seconds: 1 },
])('killed $seconds s into $step', async ({ step, seconds }) => {
  // Nobody waits for the Lease of a run that was killed before. The one of the last run ends by itself.
  await breakLeases(clusters);
  await killedAt(output, `${WAVE}  host  ${step}`, ['--cacerts', trust.directory], { secondsLater: seconds - 1 });
});

test('a second run installs KubeFed, joins the clusters and takes every remaining step', async () => {
  const { status, stderr } = await byCommand();
  expect(status, stderr).toBe(0);
  expect(await registrationOf(host, 'host')).toMatchObject({ ready: 'True' });
  expect(await registrationOf(host, 'second.example')).toEqual({ ready: 'True', endpoint: 'https://172.30.0.12:6443' });
});

test.each([
  { at: host, version: 'v1' },
  { at: member, version: 'v2' },
])('$at.name has the federated workload, $version', async ({ at, version }) => {
  await rolledOut(at, 'sample', 'helloworld');
  const deployment = ['deployment/helloworld', '--namespace=sample'];
  const { metadata, spec } = await get<{
    metadata: { labels: Record<string, string> };
    spec: { template: { spec: { containers: { image: string }[] } } };
  }>(at, deployment);
  expect(metadata.labels).toMatchObject({ 'kubefed.io/managed': 'true' });
  expect(spec.template.spec.containers[0]?.image).toContain(`helloworld-${version}:`);
});

// The autoscaler starts the second pod of each gateway up to 15 seconds after the first, which is a change, too.
async function gatewaysScaled(): Promise<void> {
  for (const at of clusters) {
    const wanted = ['wait', 'deployment/istio-eastwestgateway', '--namespace=istio-system'];
    await kubectl(at, [...wanted, '--for=jsonpath={.spec.replicas}=2', '--timeout=60s']);
  }
}

test('another run changes nothing, including certificates', async () => {
  await gatewaysScaled();
  const before = [await engineOf(host), await wishesOf(output)];
  const { status, stderr } = await byCommand();
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('kubefed 0.10.0 is there');
  expect(stderr).toContain('member has joined as second.example');
  expect([await engineOf(host), await wishesOf(output)]).toEqual(before);
});

test('right after a member was taken out, it joins again', async () => {
  const contexts = ['--cluster-context', member.context, '--host-cluster-context', host.context];
  const names = ['--host-cluster-name', 'host', '--kubeconfig', host.kubeconfig];
  await run([program('kubefed', 'kubefedctl'), 'unjoin', 'second.example', ...contexts, ...names]);
  const { status, stderr } = await byCommand();
  expect(status, stderr).toBe(0);
  expect(await registrationOf(host, 'second.example')).toMatchObject({ ready: 'True' });
});

test('destroy also removes KubeFed', async () => {
  const { status, stderr } = await tryOperation(output, ['--yes', declarationOf(output).name], {
    operation: 'destroy',
  });
  expect(status, stderr).toBe(0);
  for (const at of clusters) {
    await gone(at, ['namespace/kube-federation-system']);
    const names = await kubectl(at, [
      'get',
      'customresourcedefinitions,clusterroles,clusterrolebindings',
      '--output=name',
    ]);
    expect(names.split('\n').filter((name) => name.includes('kubefed'))).toEqual([]);
  }
});
