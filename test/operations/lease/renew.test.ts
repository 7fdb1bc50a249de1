import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { reach } from '../../support/clusters/reach.ts';
import type { SentObject } from '../../support/servers/api/object.ts';
import type { Interruption } from '../../support/servers/interruptions.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { foreignLease, type LeaseRun, leaseOf, leaseRun, uidOf } from './lease-run.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

// Lets time pass, renewals included.
async function pass({ clock }: Servers, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 15) {
    await clock.sleep(15_000);
    vi.advanceTimersByTime(15_000);
    await clock.sleep(1);
  }
}

interface Held {
  readonly servers: Servers;
  readonly clusters: readonly Cluster[];
  readonly run: LeaseRun;
  readonly leases: Awaited<ReturnType<LeaseRun['hold']>>;
}

async function held(...names: readonly string[]): Promise<Held> {
  const servers = makeServers(Object.fromEntries(names.map((name) => [name, { uid: uidOf(name) }])));
  const clusters = await reach(servers, ...names);
  const run = leaseRun('me@here', servers.clock);
  return { servers, clusters, run, leases: await run.hold(clusters) };
}

const renewalsOf = ({ calls }: Servers, name: string): number =>
  calls.filter(({ verb, context }) => verb === 'replace' && context === name).length;

const timedOut: Interruption = { kind: 'answers', result: { kind: 'timed-out' }, isDone: false };

describe('renewing the Leases', () => {
  test('goes on every 15 s, until they are given back', async () => {
    const { servers, run, leases } = await held('a', 'b');
    await pass(servers, 60);
    expect(renewalsOf(servers, 'a')).toBe(4);
    expect(renewalsOf(servers, 'b')).toBe(4);
    await leases.release();
    await pass(servers, 60);
    expect(renewalsOf(servers, 'a')).toBe(4);
    expect(run.stop.reason()).toBeNull();
  });

  test('keeps another run out', async () => {
    const { servers, clusters } = await held('a');
    const second = leaseRun('second@there', servers.clock);
    const waiting = second.hold(clusters).then(
      () => 'taken',
      (error: unknown) => String(error),
    );
    await pass(servers, 30);
    expect(await waiting).toContain('me@here works on this cluster');
  });

  test('one that somebody else has taken is lost: no further step, and it is not deleted', async () => {
    const { servers, clusters, run, leases } = await held('a', 'b');
    servers.cluster('b').server.update(foreignLease({}) as SentObject, { manager: 'somebody' });
    await pass(servers, 15);
    expect(run.stop.reason()).toBe('the Lease of b is lost: somebody else has taken or deleted it');
    expect(leases.lost()).toBe('b');
    await leases.release();
    expect(await leaseOf(clusters[0] as Cluster)).toBeNull();
    expect((await leaseOf(clusters[1] as Cluster))?.spec.holderIdentity).toBe('somebody@else');
  });

  test('one that somebody has deleted is lost, and not made again', async () => {
    const { servers, clusters, run } = await held('a');
    const lease = await leaseOf(clusters[0] as Cluster);
    const { server } = servers.cluster('a');
    server.delete(server.placeOf(foreignLease({}) as SentObject), { uid: lease?.metadata.uid ?? '' });
    await pass(servers, 30);
    expect(run.stop.reason()).toBe('the Lease of a is lost: somebody else has taken or deleted it');
    expect(await leaseOf(clusters[0] as Cluster)).toBeNull();
  });

  test('one whose renewal came through, and its answer did not, is still ours', async () => {
    const { servers, clusters, run, leases } = await held('a');
    servers.setOnCall((_, { verb }) => (verb === 'replace' ? { ...timedOut, isDone: true } : undefined));
    await pass(servers, 15);
    servers.setOnCall(undefined);
    await pass(servers, 30);
    expect(run.stop.reason()).toBeNull();
    await leases.release();
    expect(await leaseOf(clusters[0] as Cluster)).toBeNull();
  });

  test('a server that does not answer for a moment loses nothing', async () => {
    const { servers, run } = await held('a');
    servers.setOnCall((_, { verb }) => (verb === 'replace' ? timedOut : undefined));
    await pass(servers, 30);
    servers.setOnCall(undefined);
    await pass(servers, 60);
    expect(run.stop.reason()).toBeNull();
  });

  test('one that cannot be renewed until others may take it is lost', async () => {
    const { servers, run } = await held('a');
    servers.setOnCall((_, { verb }) => (verb === 'replace' ? timedOut : undefined));
    await pass(servers, 60);
    expect(run.stop.reason()).toBe('the Lease of a is lost: it could not be renewed');
  });

  test('a server that hangs does not keep the others from being renewed', async () => {
    const { servers, run } = await held('a', 'b');
    servers.setOnCall((_, { verb, context }) =>
      verb === 'replace' && context === 'a' ? { kind: 'takes', milliseconds: 600_000, isDone: false } : undefined,
    );
    await pass(servers, 60);
    expect(renewalsOf(servers, 'b')).toBe(4);
    expect(run.stop.reason()).toBe('the Lease of a is lost: it could not be renewed');
  });
});
