import { beforeAll, describe, expect, test } from 'vitest';
import { makeStop } from '../../../operations/tools/stop.ts';
import { expiredToken, type OnCall, refusedConnection } from '../../support/servers/interruptions.ts';
import type { Snapshot } from '../../support/servers/snapshot.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo, comparable } from './apply-run.ts';

let wanted: Snapshot;
let changes: readonly number[];

beforeAll(async () => {
  const servers = defaultWorld();
  await applyTo(servers);
  wanted = comparable(servers);
  // When the Leases are given back, everything is done.
  const isOfLease = (object: string): boolean => object.startsWith('Lease.');
  changes = servers.calls.flatMap(({ index, isChange, objects }) =>
    isChange && !objects.some(isOfLease) ? index : [],
  );
});

/** Runs with an interruption, which lasts until the end of the run, and goes on with the wave that it names. */
async function interruptedAt(at: number, onCall: OnCall): Promise<string> {
  const servers = defaultWorld();
  servers.setOnCall(onCall);
  const { exitCode, said } = await applyTo(servers);
  expect(exitCode, `at call ${at}: ${said}`).not.toBe(0);
  servers.setOnCall(undefined);
  // A Lease that could not be given back is taken over after a minute.
  const [, from = null] = /go on with: mesh-federation apply --from (\S+)/.exec(said) ?? [];
  const again = await applyTo(servers, { from }, servers.nextLife());
  expect(again.exitCode, `at call ${at}: ${again.said}`).toBe(0);
  expect(comparable(servers), `at call ${at}`).toEqual(wanted);
  return said;
}

describe('a run that goes on after an interruption leaves the same as one without', { timeout: 180_000 }, () => {
  test.each([
    ['a server that vanishes', refusedConnection, 'was refused'],
    ['a token that expires', expiredToken, 'Unauthorized'],
  ] as const)('%s', async (_, interruption, reason) => {
    for (const at of changes) {
      const said = await interruptedAt(at, (index) => (index >= at ? interruption() : undefined));
      expect(said).toContain(reason);
    }
  });

  test('Ctrl-C in any step', async () => {
    for (const at of changes) {
      const servers = defaultWorld();
      const stop = makeStop();
      servers.setOnCall((index) => {
        if (index === at) stop.request('interrupted');
        return undefined;
      });
      const { said } = await applyTo(servers, { stop });
      servers.setOnCall(undefined);
      const [, from = null] = /go on with: mesh-federation apply --from (\S+)/.exec(said) ?? [];
      expect((await applyTo(servers, { from })).exitCode, `at call ${at}: ${said}`).toBe(0);
      expect(comparable(servers), `at call ${at}`).toEqual(wanted);
    }
  });
});

test('an end that is asked for in the checks changes nothing', async () => {
  const servers = defaultWorld();
  const before = servers.snapshot();
  const stop = makeStop();
  stop.request('interrupted');
  expect((await applyTo(servers, { stop })).exitCode).toBe(1);
  expect(servers.snapshot()).toEqual(before);
});

test('a wait that times out shows what was awaited', async () => {
  const servers = defaultWorld({}, { host: { unavailable: ['istio-system/istio-eastwestgateway'] } });
  const { exitCode, said } = await applyTo(servers);
  expect(said).toMatch(/host: waited 60 s: deployment istio-system\/istio-eastwestgateway: 0 of 1 pods are available/);
  expect(exitCode).toBe(4);
});
