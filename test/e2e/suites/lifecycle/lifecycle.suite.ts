import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubectl, placeOf } from '../../clusters/place.ts';
import { processesInPods } from '../../machine/cgroups.ts';
import { began } from '../../machine/journal.ts';
import { leftovers, removeLeftovers } from '../../machine/leftovers.ts';
import { E2E, REPOSITORY } from '../../machine/paths.ts';
import { processesOfOurs } from '../../machine/processes.ts';
import { attempt, tail } from '../../machine/run.ts';
import { until } from '../../machine/wait.ts';
import { cluster } from '../../tables/clusters.ts';

const MAIN = ['node', '--import', 'tsx', join(E2E, 'main.ts')];
const UP = [...MAIN, 'up', '--light', '--clusters', 'host,member'];

describe('nothing is left of a run, whatever ends it', () => {
  // Clusters that somebody kept are removed now, as at the start of every run.
  beforeAll(() => removeLeftovers());
  afterAll(() => removeLeftovers());

  /** Starts a runner and waits until it has started servers. Returns while it is still working. */
  async function midway(): Promise<ChildProcess> {
    const [program = '', ...args] = UP;
    const runner = spawn(program, args, { cwd: REPOSITORY, stdio: 'ignore' });
    try {
      await until(
        'the runner has started servers',
        60,
        async () => (processesOfOurs().length > 1 ? true : undefined),
        0.05,
      );
    } catch (error) {
      runner.kill('SIGTERM');
      throw error;
    }
    return runner;
  }

  const ended = (runner: ChildProcess) =>
    new Promise<number | null>((resolve) => runner.once('close', (status) => resolve(status)));

  async function succeeds(command: readonly string[]): Promise<void> {
    const ran = await attempt(command, { cwd: REPOSITORY });
    expect(ran.status, tail(ran.stderr)).toBe(0);
  }

  test('nothing is there to begin with', async () => {
    expect(await leftovers()).toEqual([]);
  });

  test('Ctrl-C in the middle of up', async () => {
    const runner = await midway();
    const end = ended(runner);
    runner.kill('SIGINT');
    expect(await end).toBe(130);
    expect(await leftovers()).toEqual([]);
  });

  test('kill -9 in the middle of up leaves a lot, and down removes it', async () => {
    const runner = await midway();
    const end = ended(runner);
    runner.kill('SIGKILL');
    await end;
    const left = (await leftovers()).join('\n');
    for (const kind of ['process', 'network namespace', 'interface', 'cgroup', 'directory'])
      expect(left).toContain(kind);
    await succeeds([...MAIN, 'down']);
    expect(await leftovers()).toEqual([]);
  });

  test('after kill -9 in the middle of up a second and a third up work', async () => {
    const runner = await midway();
    const end = ended(runner);
    runner.kill('SIGKILL');
    await end;
    await succeeds(UP);
    await succeeds(UP);
    await succeeds([...MAIN, 'down']);
    expect(await leftovers()).toEqual([]);
  });

  test('a node with a pod, long after its runner ended: down ends every process of the pod', async () => {
    await succeeds([...MAIN, 'up', '--clusters', 'host']);
    const place = placeOf(cluster('host'));
    await kubectl(place, ['create', 'deployment', 'sleeper', '--image=docker.io/curlimages/curl', '--replicas=2']);
    await kubectl(place, ['rollout', 'status', 'deployment/sleeper', '--timeout=120s']);
    const ids = processesInPods('host');
    // Two pods: each a sandbox and a container.
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect((await leftovers()).join('\n')).toContain('mount ');
    await succeeds([...MAIN, 'down']);
    // Ended processes may remain as zombies until their new parent collects them.
    expect(ids.filter((id) => began(id) !== undefined)).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  test('up refuses to start while another one runs, and leaves the other alone', async () => {
    const runner = await midway();
    const ran = await attempt(UP, { cwd: REPOSITORY });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`another run (process ${runner.pid})`);
    const end = ended(runner);
    expect(await end).toBe(0);
    await succeeds([...MAIN, 'down']);
  });
});
