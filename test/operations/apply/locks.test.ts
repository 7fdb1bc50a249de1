import { describe, expect, test } from 'vitest';
import { makeStop } from '../../../operations/tools/stop.ts';
import { dies } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { cacerts, namespace } from '../../support/servers/worlds/registered.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo, simulatedStop } from './apply-run.ts';

const lease = { group: 'coordination.k8s.io', plural: 'leases' };

function leasesIn(servers: Servers): readonly string[] {
  return [...servers.world.clusters.values()].flatMap(({ context, server }) =>
    server.entries.flatMap(({ kind, object }) =>
      kind.group === lease.group && object.metadata.name === 'mesh-federation'
        ? `${context} ${(object.spec as { holderIdentity: string }).holderIdentity}`
        : [],
    ),
  );
}

const holds = (holder: string, seconds: number): object => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'mesh-federation', namespace: 'kube-system' },
  spec: {
    holderIdentity: holder,
    leaseDurationSeconds: seconds,
    acquireTime: '2026-11-28T10:00:00.000000Z',
    renewTime: '2026-11-28T10:00:00.000000Z',
  },
});

describe('the Lease of a cluster', () => {
  test('is held during a run, in each cluster, and given back', async () => {
    const servers = defaultWorld();
    let during: readonly string[] = [];
    servers.setOnCall((_, { program }) => {
      if (program === 'istioctl') during = leasesIn(servers);
      return undefined;
    });
    await applyTo(servers);
    expect(during).toEqual(['host somebody@here', 'member somebody@here']);
    expect(leasesIn(servers)).toEqual([]);
  });

  test('is not taken by a run that only reads', async () => {
    const servers = defaultWorld();
    await applyTo(servers, { mode: 'diff' });
    expect(servers.calls.filter(({ args, input }) => `${args} ${input}`.includes('holderIdentity'))).toEqual([]);
  });

  test('of a killed run is taken over after a minute', async () => {
    const servers = defaultWorld();
    const killed = servers.calls.length;
    servers.setOnCall((_, { program, verb }) =>
      program === 'istioctl' && verb === 'install' ? dies('before') : undefined,
    );
    await Promise.race([applyTo(servers), servers.died]);
    expect(servers.calls.length).toBeGreaterThan(killed);
    expect(leasesIn(servers)).toHaveLength(2);
    servers.setOnCall(undefined);
    const began = servers.clock.now();
    const { exitCode, said } = await applyTo(servers, { holder: 'else@there' }, servers.nextLife());
    expect(exitCode).toBe(0);
    expect(said).toContain('somebody@here holds the Lease; waiting for up to 60 s');
    expect(servers.clock.now() - began).toBeGreaterThanOrEqual(60_000);
    expect(leasesIn(servers)).toEqual([]);
  });

  test('is not taken from somebody who renews it', async () => {
    const servers = defaultWorld(
      {},
      { member: { holds: [namespace('istio-system'), cacerts(), holds('other@there', 60)] } },
    );
    const { server } = servers.cluster('member');
    const stop = simulatedStop(servers);
    const renewing = {
      ...stop,
      sleep: async (milliseconds: number) => {
        await stop.sleep(milliseconds);
        const [entry] = server.entries.filter(({ object }) => object.metadata.name === 'mesh-federation');
        if (entry === undefined) throw new Error('the Lease is gone');
        server.apply(
          { ...holds('other@there', 60), spec: { ...(entry.object.spec as object), renewTime: 'later' } } as never,
          {
            manager: 'other',
            force: true,
          } as never,
        );
      },
    };
    const before = servers.snapshot();
    const { exitCode, said } = await applyTo(servers, { stop: renewing });
    expect(exitCode).toBe(5);
    expect(said).toContain('member: other@there works on this cluster since 2026-11-28T10:00:00.000000Z');
    expect(said).toContain('kubectl --context member --namespace kube-system delete lease mesh-federation');
    expect(servers.snapshot()).toEqual(before);
  });

  test('of apply.sh, which nobody renews, is a refusal at once', async () => {
    const servers = defaultWorld(
      {},
      { member: { holds: [namespace('istio-system'), cacerts(), holds('apply.sh other@there', 86_400)] } },
    );
    const began = servers.clock.now();
    expect((await applyTo(servers)).exitCode).toBe(5);
    expect(servers.clock.now()).toBe(began);
  });
});

describe('an end that is asked for', () => {
  test('lets running steps finish, and begins no further one', async () => {
    const servers = defaultWorld();
    const stop = makeStop();
    servers.setOnCall((_, { program, verb }) => {
      if (program === 'istioctl' && verb === 'install') stop.request('interrupted');
      return undefined;
    });
    const { exitCode, said } = await applyTo(servers, { stop });
    expect(said).toContain('host: istioctl-install done');
    expect(said).toContain('stopped in wave 30-gateways on cluster host');
    expect(exitCode).toBe(1);
    expect(leasesIn(servers)).toEqual([]);
  });

  test('comes from a deadline, too', async () => {
    // Each call takes time, so that timers come to their turn.
    const servers = defaultWorld({ latency: 1 });
    servers.setOnCall((_, { program, verb }) => {
      if (program !== 'istioctl' || verb !== 'install') return undefined;
      const until = Date.now() + 1200;
      while (Date.now() < until);
      return undefined;
    });
    const stop = makeStop();
    const { exitCode, said } = await applyTo(servers, { stop, deadlineSeconds: 1 });
    expect(said).toMatch(/stopped in wave \d\d-[a-z-]+ on/);
    expect(exitCode).toBe(4);
  });
});

describe('a deadline', () => {
  const held = holds('somebody@there', 60);

  test('that is over while a Lease is awaited ends with its own exit code', async () => {
    const servers = defaultWorld({}, { member: { holds: [namespace('istio-system'), cacerts(), held] } });
    const { exitCode, said } = await applyTo(servers, { stop: makeStop(), deadlineSeconds: 1 });
    expect(said).toContain('member: stopped while waiting for the Lease');
    expect(exitCode).toBe(4);
  });
});

describe('two runs on the same clusters', () => {
  test('do not write over each other: the second one to write a record is refused', async () => {
    const servers = defaultWorld();
    await applyTo(servers, { to: '30-gateways' });
    const { server } = servers.cluster('host');
    let isTouched = false;
    servers.setOnCall((_, { verb, input }) => {
      if (isTouched || verb !== 'replace' || !input.includes('"ConfigMap"')) return undefined;
      isTouched = true;
      return {
        kind: 'comes-after',
        act: () => {
          const [entry] = server.entries.filter(({ object }) => object.metadata.name === 'mesh-federation-demo');
          if (entry !== undefined) entry.object.metadata.resourceVersion = '999999';
        },
      };
    });
    const { exitCode, said } = await applyTo(servers, { from: '40-remote' });
    expect(isTouched).toBe(true);
    expect(said).toContain('somebody else has written its record meanwhile');
    expect(exitCode).toBe(5);
  });
});
