import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, environment } from '../../environment.ts';
import { apply, find, get } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { breakLeases } from '../../product/leases.ts';
import { killedAt, tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf } from '../../product/output.ts';
import { ensureFederation } from '../federation/kubefed.ts';
import { everythingIn } from './everything.ts';

const NAME = 'offboarded';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');

const RECORD = [`configmap/mesh-federation-${NAME}`, '--namespace=kube-system'];

const destroy = (options: readonly string[] = ['--yes', NAME]) =>
  tryOperation(output, options, { operation: 'destroy' });
const everywhere = () => Promise.all(clusters.map(everythingIn));

/** A namespace of somebody else, or a namespace with somebody else's object in it. */
async function occupy(cluster: Cluster, namespace: string): Promise<void> {
  await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
  await leaveSomethingIn(cluster, namespace);
}

async function leaveSomethingIn(cluster: Cluster, namespace: string): Promise<void> {
  const metadata = { name: 'theirs', namespace };
  await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { owner: 'they' } }));
}

const labelsOf = async (cluster: Cluster, namespace: string) =>
  (await get<{ metadata: { labels: object } }>(cluster, [`namespace/${namespace}`])).metadata.labels;

let trust: Trust;
let before: readonly string[][];

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
  await ensureFederation(
    host,
    clustersOf(output).map((name) => ({ name, cluster: clusterFor(output, name) })),
  );
  // The first will come from KubeFed, the second from apply.
  await occupy(member, 'sample');
  await occupy(member, 'istio-system');
  before = await everywhere();
});

afterAll(() => trust.forget());

test('apply makes a mesh with federated workloads', async () => {
  const { status, stderr } = await tryOperation(output, ['--cacerts', trust.directory]);
  expect(status, stderr).toBe(0);
  expect(await find(member, ['deployment/helloworld', '--namespace=sample'])).toBeDefined();
});

test('their records show the progress, and the objects that did not exist before', async () => {
  for (const cluster of clusters) {
    const { data } = await get<{ data: Record<string, string> }>(cluster, RECORD);
    expect(data.progress).toMatch(cluster === host ? /^80-traffic\t/ : /^70-workloads\t/);
    expect(data.cluster).toBe(cluster.name);
    expect(data['created.tsv']).toContain('-\tNamespace\t-\ttools');
    const isCreated = /-\tNamespace\t-\t(sample|istio-system)$/m.test(data['created.tsv'] ?? '');
    expect(isCreated).toBe(cluster === host);
  }
});

describe('before the first deletion', () => {
  // An autoscaler that starts a pod between two lists would make them differ.
  test('every gateway has the two pods that its autoscaler asks for', async () => {
    const gateway = [`deployment/${GATEWAY}`, '--namespace=istio-system'];
    for (const cluster of clusters) {
      await until(`${cluster.name}: two pods of the gateway are available`, 120, async () => {
        const { status } = await get<{ status: { availableReplicas?: number } }>(cluster, gateway);
        return status.availableReplicas === 2 ? true : undefined;
      });
    }
  });

  test('somebody else puts something into a namespace of ours', () => leaveSomethingIn(host, 'tools'));

  test('--dry-run lists what would be removed, and changes nothing', async () => {
    const all = await everywhere();
    const { status, stderr } = await destroy(['--dry-run']);
    expect(status, stderr).toBe(0);
    for (const one of ['federateddeployment.types.kubefed.io/helloworld', 'configmap/ours', 'namespace/tools']) {
      expect(stderr).toContain(`${one} would be deleted`);
    }
    expect(await everywhere()).toEqual(all);
  });

  test.each([
    ['another cluster', ['--yes', NAME, '--context', `host=${member.context}`], 1],
    ['another name', ['--yes', 'of-another'], 2],
    ['nobody to ask', [], 2],
  ])('%s stops it', async (_, options, expected) => {
    const all = await everywhere();
    expect((await destroy(options)).status).toBe(expected);
    expect(await everywhere()).toEqual(all);
  });
});

// While KubeFed removes its objects, and between two control planes.
test.each(['60-federation', '40-remote'])('killed in %s', async (wave) => {
  await breakLeases(clusters);
  await killedAt(output, wave, ['--yes', NAME], { operation: 'destroy' });
});

test('a second run waits for the Lease of the killed one, removes the rest, and reports what it leaves', async () => {
  const { status, stderr } = await destroy();
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('holds the Lease; waiting for up to 60 s');
  expect(stderr).toContain('left on host: namespace/tools; somebody else has objects in it: ConfigMap theirs');
});

test('nothing new is left, except namespaces that somebody else uses', async () => {
  const inTools = ['Namespace /tools', 'ConfigMap tools/kube-root-ca.crt', 'ConfigMap tools/theirs'];
  const left = [...inTools, 'ServiceAccount tools/default'].map((one) => `v1 ${one.replace(' /', ' <no value>/')}`);
  // Pods take some time to stop.
  await until('nothing else is left', 60, async () => {
    const now = await everywhere();
    expect(now).toEqual(before.map((all, index) => (index === 0 ? [...all, ...left].sort() : all)));
    return true;
  });
});

test('the namespaces that were there before are as they were', async () => {
  for (const namespace of ['sample', 'istio-system']) {
    expect(await find(member, ['configmap/theirs', `--namespace=${namespace}`])).toBeDefined();
    expect(await labelsOf(member, namespace)).not.toHaveProperty('topology.istio.io/network');
    expect(await labelsOf(member, namespace)).not.toHaveProperty('kubefed.io/managed');
  }
});

test('another run finds nothing to do', async () => {
  const { status, stderr } = await destroy();
  expect([status, stderr]).toEqual([0, expect.stringContaining(`nothing of ${NAME} is recorded in any cluster`)]);
});
