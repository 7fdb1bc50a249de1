import { describe, expect } from 'vitest';
import { makeStop } from '../../../operations/tools/stop.ts';
import type { RemovalWorld } from '../removal/removal-world.ts';
import { appliedWorld, destroyIn, output, test } from './destroy-run.ts';

/** What is left in the clusters, without what the servers count. */
function leftIn(world: RemovalWorld): readonly string[] {
  return [...world.clusters.keys()].flatMap((cluster) =>
    world
      .server(cluster)
      .entries.filter(({ kind }) => kind.kind !== 'Lease')
      .map(({ kind, object: { metadata } }) => `${cluster} ${kind.kind} ${metadata.namespace ?? ''}/${metadata.name}`),
  );
}

const isChange = (args: readonly string[], program: string): boolean =>
  program !== 'kubectl'
    ? args[0] !== 'version' && !args.includes('--help')
    : ['apply', 'create', 'replace', 'delete'].some((verb) => args.includes(verb));

class Killed extends Error {}

/** Ends the run before or after one of its changes: nothing of it acts any more. */
function killAt(world: RemovalWorld, change: number, when: 'before' | 'after'): void {
  let seen = 0;
  world.intercept = ({ args, program }) => {
    if (seen > change) throw new Killed('killed');
    if (!isChange(args, program)) return null;
    seen += 1;
    if (seen > change && when === 'before') throw new Killed('killed');
    return null;
  };
}

const again = (world: RemovalWorld): void => {
  world.intercept = () => null;
  // A minute later nobody holds them.
  for (const cluster of world.clusters.keys()) world.remove(cluster, 'Lease', 'mesh-federation', 'kube-system');
};

describe('a run that is killed', () => {
  test.each(['before', 'after'] as const)('%s any change, and run again, ends as one that is not', async (when) => {
    const whole = appliedWorld();
    await destroyIn(whole, output.plan, {});
    const wanted = leftIn(whole);
    const changes = whole.calls.filter(({ args, program }) => isChange(args, program)).length;
    expect(changes).toBeGreaterThan(30);
    for (let change = 0; change < changes; change += 1) {
      const world = appliedWorld();
      killAt(world, change, when);
      await destroyIn(world, output.plan, {}).catch(() => {});
      again(world);
      const { code, text } = await destroyIn(world, output.plan, {});
      expect([change, code, text]).toEqual([change, 0, expect.any(String)]);
      expect([change, leftIn(world)]).toEqual([change, wanted]);
    }
  });
});

describe('a run that shall end', () => {
  test('begins nothing further, and says where it has stopped', async ({ world, destroy }) => {
    const stop = makeStop();
    world.intercept = ({ args }) => {
      if (args.join(' ').includes('federateddeployments')) stop.request('interrupted');
      return null;
    };
    const { code, text } = await destroy({ stop });
    expect(code).toBe(1);
    expect(text).toContain('error: interrupted');
    expect(text).toContain('stopped in 60-federation on cluster host; run the same command to continue there');
    const deletions = world.changes.filter((one) => one.includes(' delete ') && !one.includes('leases'));
    expect(deletions.at(-1)).toContain('federateddeployments');
    expect(world.has('host', 'Lease', 'mesh-federation', 'kube-system')).toBe(false);
  });
});

describe('a failure', () => {
  test('lets no further wave begin, and shows the reason and the cluster', async ({ world, destroy }) => {
    world.intercept = ({ args }) =>
      args.join(' ').includes('member') && args.join(' ').includes('/deployments/sleep')
        ? { kind: 'ended', exitCode: 1, stdout: '', stderr: 'Error from server (Forbidden): no' }
        : null;
    const { code, text } = await destroy({ parallel: 8 });
    expect(code).toBe(1);
    expect(text).toContain('error: member does not delete deployment.apps/sleep: Error from server (Forbidden): no');
    expect(text).toContain('stopped in 70-workloads on cluster member');
    expect(world.changes.join('\n')).not.toContain('federateddeployments');
  });

  test('to end in time has an exit code of its own, and names what is still there', async ({ world, destroy }) => {
    const entry = world.server('host').entries.find(({ object }) => object.kind === 'FederatedDeployment');
    if (entry !== undefined) entry.object.metadata.finalizers = ['kubefed.io/sync-controller'];
    const { code, text } = await destroy();
    expect(code).toBe(4);
    expect(text).toContain('waited 1 s: federateddeployment.types.kubefed.io/helloworld of host is still there');
  });

  test('shows no text of a server raw', async ({ world, destroy }) => {
    world.intercept = ({ args }) =>
      args.includes('delete') ? { kind: 'ended', exitCode: 1, stdout: '', stderr: 'no\u001b[2J\u0007\u202e' } : null;
    const { text } = await destroy();
    for (const raw of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(raw);
  });
});

describe('several clusters', () => {
  test('end the same side by side', async () => {
    const [one, other] = [appliedWorld(), appliedWorld()];
    await destroyIn(one, output.plan, { parallel: 1 });
    await destroyIn(other, output.plan, { parallel: 8 });
    expect(leftIn(other)).toEqual(leftIn(one));
    expect([...other.changes].sort()).toEqual([...one.changes].sort());
  });
});
