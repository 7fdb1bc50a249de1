import { beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, clusterNamed } from '../../environment.ts';
import { filled } from '../../kubernetes/filled.ts';
import { apply, get, rolledOut, tryKubectl } from '../../kubernetes/kubectl.ts';

const NAMESPACE = 'plain';

describe('pods of one network reach each other, pods of different networks do not', () => {
  const host = clusterNamed('host');
  const member = clusterNamed('member');
  const twin = clusterNamed('twin');

  beforeAll(async () => {
    for (const cluster of [host, member, twin]) {
      await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }));
      for (const name of ['workload.yaml', 'client.yaml']) {
        const file = new URL(`../smoke-mesh/${name}`, import.meta.url);
        await apply(cluster, filled(file, { NAMESPACE, VERSION: 'v1' }));
      }
      await rolledOut(cluster, NAMESPACE, 'helloworld-v1');
      await rolledOut(cluster, NAMESPACE, 'client');
    }
  });

  /** Calls the helloworld pod of one cluster from the client pod of another, by the address of the pod. */
  async function reaches(from: Cluster, to: Cluster): Promise<boolean> {
    const pods = await get<{ items: { status: { podIP: string } }[] }>(to, [
      'pods',
      '-n',
      NAMESPACE,
      '-l',
      'app=helloworld',
    ]);
    const url = `http://${pods.items[0]?.status.podIP}:5000/hello`;
    const call = ['exec', '-n', NAMESPACE, 'deployment/client', '--', 'curl', '-s', '--max-time', '3', url];
    const ran = await tryKubectl(from, call);
    if (ran.status === 0) expect(ran.stdout).toContain('Hello version');
    return ran.status === 0;
  }

  test.each([host, member, twin])('$name: its own pods', async (cluster) => {
    expect(await reaches(cluster, cluster)).toBe(true);
  });

  test('member and twin share a network: both ways', async () => {
    expect([await reaches(member, twin), await reaches(twin, member)]).toEqual([true, true]);
  });

  test('host shares no network with the two others: neither way', async () => {
    const ways = [
      await reaches(host, member),
      await reaches(member, host),
      await reaches(host, twin),
      await reaches(twin, host),
    ];
    expect(ways).toEqual([false, false, false, false]);
  });

  test('node addresses are reached from every network', async () => {
    for (const from of [host, member, twin]) {
      for (const to of [host, member, twin]) {
        const node = await get<{ items: { status: { addresses: { type: string; address: string }[] } }[] }>(to, [
          'nodes',
        ]);
        const address = node.items[0]?.status.addresses.find((one) => one.type === 'InternalIP')?.address;
        const call = ['curl', '-sk', '--max-time', '3', '--output', '/dev/null', `https://${address}:6443/readyz`];
        const ran = await tryKubectl(from, ['exec', '-n', NAMESPACE, 'deployment/client', '--', ...call]);
        expect(ran.status, `${from.name} to the node of ${to.name}: ${ran.stderr}`).toBe(0);
      }
    }
  });
});
