import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { say } from '../../machine/wait.ts';
import type { Pod } from '../../mesh/spread.ts';
import { serveCharts } from '../../product/chart-repository.ts';
import { clusterFor, clustersOf, stepsOf } from '../../product/output.ts';
import { applyByScript, tryScript } from '../../product/script.ts';
import { CALLS, complaints, expectShares, expectWeights, gatewaysOf, podsOf } from './checks.ts';

describe.each(environment().synthesized)('$declaration', (output) => {
  const clusters = clustersOf(output).map((name) => clusterFor(output, name));
  let pods: readonly Pod[] = [];
  let gateways: Readonly<Record<string, string>> = {};
  let stopServing: (() => void) | undefined;

  beforeAll(async () => {
    if (stepsOf(output).some((step) => step.action === 'helm-upgrade'))
      stopServing = await serveCharts(['base', 'istiod']);
    await applyByScript(output);
    pods = await podsOf(clusters);
    gateways = await gatewaysOf(clusters);
  });
  afterAll(() => stopServing?.());

  test('v1 and v2 run, not as many pods of each, in different networks, and every network has a way in', () => {
    const networks = (version: string) => pods.filter((pod) => pod.version === version).map((pod) => pod.network);
    expect([networks('v1'), networks('v2')]).toEqual([['network1'], ['network2', 'network2', 'network2']]);
    expect(Object.keys(gateways).sort()).toEqual(['network1', 'network2']);
  });

  test.each(clusters)("$name: the client's Envoy has its network's pods, the other's gateway, and no more", (at) =>
    expectWeights(at, pods, gateways),
  );

  // All clusters at once: calls from one cluster do not affect the choices of another cluster's Envoy.
  test(`of ${CALLS} calls from each cluster each version answers as many as its pods are of all pods`, async () => {
    const counted = await Promise.all(clusters.map(async (at) => ({ at, counts: await expectShares(at, pods) })));
    for (const { at, counts } of counted) say(`${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}`);
  });

  test('verify.sh finds every link whole, and every call answered', async () => {
    const { status, stdout, stderr } = await tryScript(output, ['--path', '/hello'], 'verify.sh');
    say(stdout);
    expect(status, stderr).toBe(0);
    expect(stdout).not.toMatch(/missing|unexpected/);
  });

  test.each(clusters)('$name: istioctl analyze has nothing to say that it need not', async (at) => {
    expect(await complaints(at)).toEqual([]);
  });
});
