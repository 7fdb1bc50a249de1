import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { say } from '../../machine/wait.ts';
import type { Pod } from '../../mesh/spread.ts';
import { serveCharts } from '../../product/chart-repository.ts';
import { tryCommand } from '../../product/command.ts';
import { applyByCommand } from '../../product/operation.ts';
import { clusterFor, clustersOf, stepsOf } from '../../product/output.ts';
import { CALLS, complaints, expectShares, expectWeights, gatewaysOf, podsOf } from './checks.ts';

describe.each(environment().synthesized)('$declaration', (output) => {
  const clusters = clustersOf(output).map((name) => clusterFor(output, name));
  let pods: readonly Pod[] = [];
  let gateways: Readonly<Record<string, string>> = {};
  let stopServing: (() => void) | undefined;

  beforeAll(async () => {
    if (stepsOf(output).some((step) => step.action === 'helm-upgrade'))
      stopServing = await serveCharts(['base', 'istiod']);
    await applyByCommand(output);
    pods = await podsOf(clusters);
    gateways = await gatewaysOf(clusters);
  });
  afterAll(() => stopServing?.());

  test('v1 and v2 run with different numbers of pods in different networks, and every network has a gateway', () => {
    const networks = (version: string) => pods.filter((pod) => pod.version === version).map((pod) => pod.network);
    expect([networks('v1'), networks('v2')]).toEqual([['network1'], ['network2', 'network2', 'network2']]);
    expect(Object.keys(gateways).sort()).toEqual(['network1', 'network2']);
  });

  test.each(clusters)(
    "$name: the client's Envoy has exactly the pods of its network and the gateway of the other",
    (at) => expectWeights(at, pods, gateways),
  );

  // All clusters at once: calls from one cluster do not affect the choices of another cluster's Envoy.
  test(`each version answers its share of ${CALLS} calls from each cluster, by its number of pods`, async () => {
    const counted = await Promise.all(clusters.map(async (at) => ({ at, counts: await expectShares(at, pods) })));
    for (const { at, counts } of counted) say(`${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}`);
  });

  test('verify finds every link intact and every call answered', async () => {
    const { status, stdout, stderr } = await tryCommand(output, 'verify', ['--path', '/hello']);
    say(stdout);
    expect(status, stderr).toBe(0);
    expect(stdout).not.toMatch(/missing|unexpected/);
  });

  test.each(clusters)('$name: istioctl analyze reports only allowed messages', async (at) => {
    expect(await complaints(at)).toEqual([]);
  });
});
