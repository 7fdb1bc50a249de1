import { describe, expect, test } from 'vitest';
import { Failure } from '../../../operations/clusters/failure.ts';
import { reach, reachOne } from '../../support/clusters/reach.ts';
import type { SentObject } from '../../support/servers/api/object.ts';
import { fails, tooManyRequests } from '../../support/servers/interruptions.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { foreignLease, leaseOf, leaseRun, uidOf } from './lease-run.ts';

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw new Error(`no failure: ${String(error)}`);
};

describe('taking the Leases', () => {
  test('creates one in each cluster, in the order of their UIDs, and gives them back', async () => {
    const servers = makeServers({ a: { uid: uidOf('c') }, b: { uid: uidOf('a') }, c: { uid: uidOf('b') } });
    const clusters = await reach(servers, 'a', 'b', 'c');
    const leases = await leaseRun('me@here', servers.clock).hold(clusters);
    const created = servers.calls.filter(({ verb }) => verb === 'create').map(({ context }) => context);
    expect(created).toEqual(['b', 'c', 'a']);
    expect((await leaseOf(clusters[0] as never))?.spec).toMatchObject({
      holderIdentity: 'me@here',
      leaseDurationSeconds: 60,
    });
    await leases.release();
    for (const cluster of clusters) expect(await leaseOf(cluster)).toBeNull();
  });

  test('refuses when the holder renews, names it, and holds none afterwards', async () => {
    const servers = makeServers({ a: { uid: uidOf('a') }, b: { uid: uidOf('b') } });
    const clusters = await reach(servers, 'a', 'b');
    const other = await reachOne(servers, 'b');
    const first = leaseRun('first@there', servers.clock);
    await first.hold([other]);
    const lease = await leaseOf(other);
    void servers.clock.sleep(15_000).then(() => {
      const renewed = foreignLease({ holderIdentity: 'first@there\u001b[2J' }) as SentObject;
      servers.cluster('b').server.update(renewed, { manager: 'somebody' });
    });
    const failure = await failureOf(leaseRun('second@here', servers.clock).hold(clusters));
    expect(lease?.spec.holderIdentity).toBe('first@there');
    expect(failure.kind).toBe('locked');
    expect(failure.problem.problem).toContain('b: first@there\\u{1b}[2J works on this cluster');
    expect(failure.problem.fix).toContain('kubectl --context b --namespace kube-system delete lease mesh-federation');
    expect(await leaseOf(clusters[0] as never)).toBeNull();
  });

  test('waits once for the holders of a killed run in all clusters', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const servers = makeServers(
      Object.fromEntries(names.map((name) => [name, { uid: uidOf(name), holds: [foreignLease({})] }])),
      { latency: 200 },
    );
    const clusters = await reach(servers, ...names);
    const run = leaseRun('me@here', servers.clock);
    const began = servers.clock.now();
    await run.hold(clusters);
    expect(servers.clock.now() - began).toBeGreaterThanOrEqual(60_000);
    expect(servers.clock.now() - began).toBeLessThan(75_000);
    expect(run.said[0]).toBe('a: somebody@else holds the Lease; waiting for up to 60 s');
  });

  test('refuses at once when the Lease is longer than ours: its holder does not renew it', async () => {
    const servers = makeServers({ a: { holds: [foreignLease({ leaseDurationSeconds: 86_400 })] } });
    const clusters = await reach(servers, 'a');
    expect((await failureOf(leaseRun('me@here', servers.clock).hold(clusters))).kind).toBe('locked');
    expect(servers.clock.now()).toBeLessThan(1000);
  });

  test('takes one at once that its holder has given back', async () => {
    const servers = makeServers({ a: { holds: [foreignLease({ holderIdentity: '' })] } });
    await leaseRun('me@here', servers.clock).hold(await reach(servers, 'a'));
    expect(servers.clock.now()).toBeLessThan(1000);
  });

  test('takes one of which the holder is deleted while it waits', async () => {
    const servers = makeServers({ a: { holds: [foreignLease({})] } });
    const clusters = await reach(servers, 'a');
    const [cluster] = clusters;
    void servers.clock.sleep(12_000).then(async () => {
      const lease = await leaseOf(cluster as never);
      const reference = {
        group: 'coordination.k8s.io',
        kind: 'Lease',
        namespace: 'kube-system',
        name: 'mesh-federation',
      };
      await cluster?.changes.delete(reference, { uid: lease?.metadata.uid ?? '' });
    });
    await leaseRun('me@here', servers.clock).hold(clusters);
    expect(servers.clock.now()).toBeLessThan(20_000);
  });

  test('ends the waiting when the end is asked for', async () => {
    const servers = makeServers({ a: { holds: [foreignLease({})] } });
    const clusters = await reach(servers, 'a');
    const run = leaseRun('me@here', servers.clock);
    void servers.clock.sleep(7000).then(() => run.stop.request('interrupted'));
    expect((await failureOf(run.hold(clusters))).kind).toBe('stopped');
    expect(servers.clock.now()).toBeLessThan(11_000);
  });

  test('of two runs at the same moment, one gets them and the other is refused', async () => {
    const servers = makeServers({ a: { uid: uidOf('a') }, b: { uid: uidOf('b') } }, { latency: 200 });
    const clusters = await reach(servers, 'a', 'b');
    const reversed = await reach(servers, 'b', 'a');
    const both = await Promise.allSettled([
      leaseRun('one@here', servers.clock).hold(clusters),
      leaseRun('two@there', servers.clock).hold(reversed),
    ]);
    // Nothing renews by the simulated clock: the slower one takes over what looks dead, never what it has not watched.
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect(servers.clock.now()).toBeGreaterThan(60_000);
  });
});

describe('a server', () => {
  test('that has too much to do is asked again', async () => {
    let refused = 0;
    const servers = makeServers(
      { a: {} },
      {
        onCall: (_, { verb }) => {
          if (verb !== 'create' || refused === 2) return undefined;
          refused += 1;
          return tooManyRequests();
        },
      },
    );
    const clusters = await reach(servers, 'a');
    await leaseRun('me@here', servers.clock).hold(clusters);
    expect(refused).toBe(2);
  });

  test.each([
    ['{"metadata":{"uid":"--all","resourceVersion":"1"},"spec":{}}'],
    ['{"metadata":{"uid":"a","resourceVersion":"1"},"spec":{"leaseDurationSeconds":"$(id)"}}'],
    ['{"metadata":{"uid":"a","resourceVersion":"1"},"spec":{"leaseDurationSeconds":08}}'],
    ['{"metadata":{"uid":"a","resourceVersion":"1"},"spec":{"holderIdentity":["a"]}}'],
    ['[]'],
    ['{'],
  ])('that answers %s is not taken for one without a holder', async (answer) => {
    const servers = makeServers(
      { a: {} },
      {
        onCall: (_, { args }) =>
          args.includes('lease.coordination.k8s.io')
            ? { kind: 'answers', isDone: false, result: { kind: 'ended', exitCode: 0, stdout: answer, stderr: '' } }
            : undefined,
      },
    );
    const clusters = await reach(servers, 'a');
    const failure = await failureOf(leaseRun('me@here', servers.clock).hold(clusters));
    expect(failure.problem.problem).toContain('a: its Lease kube-system/mesh-federation cannot be taken');
    expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
  });

  test('that forbids Leases is told, with what it says', async () => {
    const servers = makeServers(
      { a: {} },
      { onCall: (_, { verb }) => (verb === 'create' ? fails('Error from server (Forbidden): no') : undefined) },
    );
    const clusters = await reach(servers, 'a');
    const failure = await failureOf(leaseRun('me@here', servers.clock).hold(clusters));
    expect(failure.problem.problem).toContain('(Forbidden): no');
  });
});
