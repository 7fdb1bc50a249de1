import { beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../environment.ts';
import {
  connect,
  cutOff,
  startApiServer,
  startDeployment,
  startNode,
  stopApiServer,
  stopDeployment,
  stopNode,
} from '../../kubernetes/faults.ts';
import { get, rolledOut, tryKubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { callHelloworld } from '../../mesh/calls.ts';
import { endpoints } from '../../mesh/envoy.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { CALLS, expectEndpoints, expectSpread } from '../smoke-mesh/checks.ts';
import { deployWorkload, ensureMesh, mesh } from '../smoke-mesh/mesh.ts';

const HELLOWORLD = 'helloworld.smoke.svc.cluster.local';

describe('the basis of later suites: reading Envoys, stopping and starting parts', () => {
  const both = mesh();
  const { primary, remote } = both;

  beforeAll(async () => {
    await ensureMesh(both);
    await deployWorkload(primary, 'smoke', 'v1');
    await deployWorkload(remote, 'smoke', 'v2');
  });

  const seenBy = (at: Cluster) => endpoints(at, 'smoke', 'client', HELLOWORLD, 5000);

  // Pooled connections may still answer the first calls after a change: wait until a handful of calls agree.
  function answeredOnlyBy(at: Cluster, version: string): Promise<boolean> {
    return until(`${at.name}: only ${version} answers`, 60, async () => {
      const counts = await callHelloworld(at, 'smoke', 'client', 20);
      if (counts[version] === 20) return true;
      throw new Error(JSON.stringify(counts));
    });
  }

  test.each([primary, remote])(
    '$name: the node has its region and zone, and so has the endpoint at home',
    async (at) => {
      const node = await get<{ metadata: { labels: Record<string, string> } }>(at, ['node', `node-${at.name}`]);
      expect(node.metadata.labels).toMatchObject({
        'topology.kubernetes.io/region': at.region,
        'topology.kubernetes.io/zone': at.zone,
      });
      const home = (await seenBy(at)).filter((one) => one.port === 5000);
      expect(home).toEqual([
        expect.objectContaining({ region: at.region, zone: at.zone, weight: 1, priority: 0, healthy: true }),
      ]);
    },
  );

  test('the local app stops: the other cluster answers; it starts: both answer', async () => {
    await stopDeployment(primary, 'smoke', 'helloworld-v1');
    await answeredOnlyBy(primary, 'v2');
    await startDeployment(primary, 'smoke', 'helloworld-v1');
    await expectSpread(primary, await expectEndpoints(primary, remote, 'smoke'), 'smoke', 'v1');
  });

  test('the other gateway stops: the local cluster answers every call; it starts: both answer', async () => {
    await stopDeployment(remote, 'istio-system', GATEWAY);
    await answeredOnlyBy(primary, 'v1');
    await startDeployment(remote, 'istio-system', GATEWAY);
    await until('calls are spread again', 60, async () => {
      await expectSpread(primary, await expectEndpoints(primary, remote, 'smoke'), 'smoke', 'v1');
      return true;
    });
  });

  test("the remote's API server stops: calls go on; it starts: it serves", async () => {
    await stopApiServer(remote);
    expect((await tryKubectl(remote, ['get', 'nodes', '--request-timeout=3s'])).status).not.toBe(0);
    const counts = await callHelloworld(primary, 'smoke', 'client', CALLS);
    expect(counts).toEqual({ v1: expect.any(Number), v2: expect.any(Number) });
    await startApiServer(remote);
    expect((await get<{ items: object[] }>(remote, ['nodes'])).items).toHaveLength(1);
  });

  test('the remote is disconnected: no call reaches it; connected again: both answer', async () => {
    await cutOff(remote);
    expect((await tryKubectl(remote, ['get', 'nodes', '--request-timeout=3s'])).status).not.toBe(0);
    await connect(remote);
    await until('calls are spread again', 90, async () => {
      await expectSpread(primary, await expectEndpoints(primary, remote, 'smoke'), 'smoke', 'v1');
      return true;
    });
  });

  test("the remote's node stops: it is no longer Ready, and home answers; it starts: both answer", async () => {
    await stopNode(remote);
    await answeredOnlyBy(primary, 'v1');
    const ready = async () => {
      const node = await get<{ status: { conditions: { type: string; status: string }[] } }>(remote, [
        `node/node-${remote.name}`,
      ]);
      return node.status.conditions.find((one) => one.type === 'Ready')?.status;
    };
    await until('the node is not Ready', 60, async () => ((await ready()) === 'True' ? undefined : true));
    await startNode(remote);
    await until("the remote's pods run again", 120, async () => {
      await rolledOut(remote, 'smoke', 'helloworld-v2', 5);
      await rolledOut(remote, 'istio-system', GATEWAY, 5);
      await expectSpread(primary, await expectEndpoints(primary, remote, 'smoke'), 'smoke', 'v1');
      return true;
    });
  });
});
