import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { find, get, kubectl, tryKubectl } from '../../kubernetes/kubectl.ts';
import { say } from '../../machine/wait.ts';
import { bound } from '../../mesh/bound.ts';
import { callHelloworld } from '../../mesh/calls.ts';
import { sharesOf } from '../../mesh/spread.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { serveCharts } from '../../product/chart-repository.ts';
import { clusterFor, clustersOf, objectsOf, stepsOf } from '../../product/output.ts';
import { calledNode, tryThin, withThinScripts } from '../../product/thin.ts';
import { ensureFederation } from '../federation/kubefed.ts';
import { CALLS, podsOf } from '../topologies/checks.ts';

const LEASE = ['lease/mesh-federation', '--namespace=kube-system'];

interface ConfigMaps {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly data: Readonly<Record<string, string>>;
  }[];
}

// From empty clusters to counted calls with dist/apply.sh and dist/verify.sh alone: bash, kubectl, istioctl and helm.
describe.each(environment().synthesized)('$declaration', (output) => {
  const names = clustersOf(output);
  const clusters = names.map((name) => clusterFor(output, name));
  const [host, member] = clusters;
  if (host === undefined || member === undefined) throw new Error('this takes a host and a member');
  const client = objectsOf(output).some(({ name }) => name === 'sleep') ? 'sleep' : 'client';
  let stopServing: (() => void) | undefined;
  let trust: Trust | undefined;
  let expectations: readonly string[] = [];

  beforeAll(async () => {
    withThinScripts(output);
    const steps = stepsOf(output);
    if (steps.some(({ action }) => action === 'helm-upgrade')) stopServing = await serveCharts(['base', 'istiod']);
    if (steps.some(({ wait }) => wait === 'propagated'))
      await ensureFederation(
        host,
        names.map((name) => ({ name, cluster: clusterFor(output, name) })),
      );
    trust = await makeRootOfTrust();
    expectations = await Promise.all(
      names.map(async (name) => {
        const { metadata } = await get<{ metadata: { uid: string } }>(clusterFor(output, name), [
          'namespace/kube-system',
        ]);
        return `${name}=${metadata.uid}`;
      }),
    );
  });
  afterAll(() => {
    stopServing?.();
    trust?.forget();
  });

  const apply = (options: readonly string[]) => tryThin(output, 'apply.sh', options);
  const expecting = () => expectations.flatMap((one) => ['--expect', one]);

  test('nobody says which cluster each one is, so --yes is refused, and nothing is changed', async () => {
    const { status, stderr } = await apply([]);
    expect(status, stderr).toBe(2);
    expect(stderr).toContain('--expect');
    expect(await find(host, LEASE)).toBeUndefined();
  });

  test('without the CAs it stops before Istio, and says what is missing', async () => {
    const { status, stderr } = await apply(expecting());
    expect(status, stderr).toBe(1);
    expect(stderr).toContain('host: secret istio-system/cacerts should say');
    for (const cluster of clusters) expect(await find(cluster, LEASE)).toBeUndefined();
  });

  test('somebody else at work there is a refusal', async () => {
    for (const cluster of clusters) {
      await tryKubectl(cluster, ['create', 'namespace', 'istio-system']);
      await trust?.give(cluster);
    }
    const theirs = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'mesh-federation', namespace: 'kube-system' },
      spec: { holderIdentity: 'somebody', leaseDurationSeconds: 60 },
    };
    await kubectl(member, ['create', '--filename=-'], JSON.stringify(theirs));
    const { status, stderr } = await apply(expecting());
    expect(status, stderr).toBe(5);
    expect(stderr).toContain('member is locked by somebody');
    expect(await find(member, LEASE)).toBeDefined();
    expect(await find(host, LEASE)).toBeUndefined();
    await kubectl(member, ['delete', ...LEASE]);
  });

  test('apply.sh takes every step', async () => {
    const { status, stderr } = await apply(expecting());
    say(stderr);
    expect(status, stderr).toBe(0);
  });

  test('each cluster has one record of this output, and no lease', async () => {
    for (const [index, cluster] of clusters.entries()) {
      const label = '--selector=mesh-federation.io/federation';
      const { items } = await get<ConfigMaps>(cluster, ['configmaps', '--namespace=kube-system', label]);
      expect(items).toHaveLength(1);
      expect(items[0]?.data.cluster).toBe(names[index]);
      expect(items[0]?.data['objects.tsv']?.split('\n')).toContain('10-foundation\t-\tNamespace\t-\tistio-system');
      expect(await find(cluster, LEASE)).toBeUndefined();
    }
  });

  test('run again, it needs no --expect, since the records say which cluster each one is', async () => {
    const { status, stderr } = await apply([]);
    expect(status, stderr).toBe(0);
  });

  test('the contexts exchanged are refused, since the records say which cluster each one is', async () => {
    const exchanged = ['--context', `host=${member.context}`, '--context', `member=${host.context}`];
    const { status, stderr } = await apply(exchanged);
    expect(status, stderr).toBe(1);
    expect(stderr).toContain('this is another cluster');
  });

  test('verify.sh finds the endpoints of the tables, and every call answered', async () => {
    const { status, stdout, stderr } = await tryThin(output, 'verify.sh', ['--path', '/hello']);
    say(stdout);
    expect(status, stdout + stderr).toBe(0);
    for (const name of names) {
      expect(stdout).toContain(`${name}: 100 of 100 calls to helloworld.sample.svc.cluster.local:5000 were answered`);
    }
    expect(stdout).toContain('Hello version: v1');
    expect(stdout).toContain('Hello version: v2');
  });

  test(`each version answers its share of ${CALLS} calls from each cluster`, async () => {
    const shares = sharesOf(await podsOf(clusters));
    for (const at of clusters) {
      const counts = await callHelloworld(at, 'sample', client, CALLS);
      say(`${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}`);
      expect(Object.keys(counts).sort()).toEqual(Object.keys(shares));
      for (const [version, share] of Object.entries(shares)) {
        const { low, high } = bound(CALLS, share);
        expect(counts[version]).toBeGreaterThanOrEqual(low);
        expect(counts[version]).toBeLessThanOrEqual(high);
      }
    }
  });

  test('nobody called Node', () => expect(calledNode(output)).toBe(false));
});
