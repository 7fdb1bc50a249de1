import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dies } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import type { Snapshot } from '../../support/servers/snapshot.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo, comparable } from './apply-run.ts';

/** Number of kills in a random schedule; more of them come with `KILLS`. */
const schedules = Number(process.env.KILLS ?? 10);

async function uninterrupted(): Promise<{ readonly servers: Servers; readonly wanted: Snapshot }> {
  const servers = defaultWorld();
  await applyTo(servers);
  return { servers, wanted: comparable(servers) };
}

async function killAndRunAgain(
  at: number,
  when: 'before' | 'after',
  latency?: (index: number) => number,
): Promise<Servers> {
  const servers = defaultWorld(latency === undefined ? {} : { latency });
  servers.setOnCall((index) => (index === at ? dies(when) : undefined));
  const parallel = latency === undefined ? 1 : 8;
  await Promise.race([applyTo(servers, { parallel }), servers.died]);
  servers.setOnCall(undefined);
  const { exitCode, said } = await applyTo(servers, { parallel }, servers.nextLife());
  expect(exitCode, said).toBe(0);
  return servers;
}

describe('a run after a kill leaves the same as a run that nobody has killed', () => {
  test('before and after each change, one cluster at a time', { timeout: 180_000 }, async () => {
    const { servers, wanted } = await uninterrupted();
    const changes = servers.calls.filter(({ isChange }) => isChange).map(({ index }) => index);
    expect(changes.length).toBeGreaterThan(20);
    for (const at of changes)
      for (const when of ['before', 'after'] as const) {
        const again = await killAndRunAgain(at, when);
        expect(comparable(again), `killed ${when} call ${at}`).toEqual(wanted);
      }
  });

  test('at any call, the clusters side by side', { timeout: 60_000 }, async () => {
    const { servers, wanted } = await uninterrupted();
    const schedule = fc.tuple(
      fc.nat(servers.calls.length - 1),
      fc.constantFrom('before' as const, 'after' as const),
      fc.nat(),
    );
    await fc.assert(
      fc.asyncProperty(schedule, async ([at, when, seed]) => {
        const latency = (index: number): number => 1 + ((index * 7919 + seed) % 400);
        expect(comparable(await killAndRunAgain(at, when, latency))).toEqual(wanted);
      }),
      { numRuns: schedules },
    );
  });
});
