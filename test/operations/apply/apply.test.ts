import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventSchema } from '../../../operations/apply/events.ts';
import { readPlan } from '../../../operations/plan/read-plan.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { cacerts, kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import { defaultWorld, urlOf } from '../../support/servers/worlds/worlds.ts';
import { editRecord } from '../recorded/scene-changes.ts';
import { applyTo, dist, expectedOf } from './apply-run.ts';

const changesOf = (servers: ReturnType<typeof defaultWorld>): readonly string[] =>
  servers.calls.filter(({ isChange }) => isChange).map(({ context, program, verb }) => `${context} ${program} ${verb}`);

describe('a run', () => {
  test('takes every step in the order of the waves, and says so', async () => {
    const servers = defaultWorld();
    const { exitCode, events, said } = await applyTo(servers);
    expect(said).toMatch(/done in \d+(\.\d)? s/);
    expect(exitCode).toBe(0);
    const waves = events.flatMap((event) => (event.event === 'wave' ? event.wave : []));
    expect(waves).toEqual([...waves].sort());
    expect(new Set(waves)).toEqual(
      new Set([
        '10-foundation',
        '20-control-plane',
        '30-gateways',
        '40-remote',
        '45-discovery',
        '50-remote-gateways',
        '60-federation',
        '70-workloads',
      ]),
    );
    for (const event of events) expect(eventSchema.parse(event)).toEqual(event);
  });

  test('leaves the same as a second run', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const before = servers.snapshot();
    expect((await applyTo(servers)).exitCode).toBe(0);
    expect(servers.snapshot()).toEqual(before);
  });

  test.each(['dry-run', 'diff'] as const)('changes nothing with --%s', async (mode) => {
    const servers = defaultWorld();
    const before = servers.snapshot();
    const { exitCode, said } = await applyTo(servers, { mode });
    expect(said).toContain('cannot be tried before earlier steps are taken');
    expect(exitCode).toBe(3);
    expect(changesOf(servers)).toEqual([]);
    expect(servers.snapshot()).toEqual(before);
  });

  test('has nothing to show with --diff after an apply', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const { exitCode, events } = await applyTo(servers, { mode: 'diff' });
    expect(events.filter(({ event }) => event === 'difference')).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test('passes on the address of a gateway that the synth did not know', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const installs = servers.calls.filter(({ program, verb }) => program === 'istioctl' && verb === 'install');
    const address = servers.cluster('host').address;
    expect(installs.at(-1)?.args).toContain(`values.global.remotePilotAddress=${address}`);
  });

  test('names the context in every call to a server', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const local = servers.calls
      .filter(({ context }) => context === '')
      .map(({ program, verb }) => `${program} ${verb}`);
    expect(new Set(local)).toEqual(
      new Set(['kubectl version', 'istioctl version', 'istioctl create-remote-secret', 'istioctl remote-clusters']),
    );
  });

  test('goes on with a wave, and ends with one', async () => {
    const servers = defaultWorld();
    expect((await applyTo(servers, { to: '30-gateways' })).exitCode).toBe(0);
    expect(servers.cluster('member').server.entries.some(({ object }) => object.metadata.name === 'istiod')).toBe(
      false,
    );
    const { exitCode, events } = await applyTo(servers, { from: '40-remote' });
    expect(exitCode).toBe(0);
    expect(events.find(({ event }) => event === 'wave')).toMatchObject({ wave: '40-remote' });
  });

  test('shows how far this output was applied', async () => {
    const servers = defaultWorld();
    await applyTo(servers, { to: '30-gateways' });
    const { said } = await applyTo(servers, { mode: 'diff' });
    expect(said).toContain('this output was applied as far as 30-gateways');
  });

  test('names the wave and the cluster in which it stopped, and how to go on', async () => {
    const servers = defaultWorld({}, { host: { unavailable: ['istio-system/istio-eastwestgateway'] } });
    const { exitCode, said } = await applyTo(servers);
    expect(said).toContain('stopped in wave 30-gateways on cluster host');
    expect(said).toContain('go on with: mesh-federation apply --from 30-gateways');
    expect(exitCode).toBe(4);
  });
});

describe('fields that somebody else has set', () => {
  test.each([
    [false, 1],
    [true, 0],
  ])('are taken over with --force-conflicts %s: exit code %i', async (forceConflicts, expected) => {
    const servers = defaultWorld();
    await applyTo(servers);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'sleep', namespace: 'sample', labels: { app: 'theirs' } },
    };
    servers.cluster('member').server.apply(service, { manager: 'somebody', force: true });
    const { exitCode, said } = await applyTo(servers, { forceConflicts, from: '70-workloads' });
    expect(exitCode, said).toBe(expected);
    if (!forceConflicts) expect(said).toContain('--force-conflicts');
  });
});

test('takes the steps of the tutorial with the tools of that time', async () => {
  const directory = join(dist, '../test/golden/tutorial');
  const propagated = readPlan(directory).steps.find(({ gate }) => gate?.kind === 'propagated')?.gate;
  const names = propagated?.kind === 'propagated' ? propagated.clusters : [];
  const members = Object.fromEntries(names.map((name, index) => [name, urlOf(index)]));
  // istioctl 1.7 makes the gateway; that of the test servers leaves it to the output, as later ones do.
  const gateway = { name: 'istio-ingressgateway', namespace: 'istio-system' };
  const labels = { app: 'istio-ingressgateway' };
  const pods = { metadata: { labels }, spec: { containers: [{ name: 'istio-proxy', image: 'istio/proxyv2:1.7.2' }] } };
  const ca = [
    namespace('istio-system'),
    cacerts(),
    { apiVersion: 'v1', kind: 'Service', metadata: gateway, spec: { type: 'LoadBalancer', ports: [{ port: 15443 }] } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: gateway,
      spec: { selector: { matchLabels: labels }, template: pods },
    },
  ];
  const servers = makeServers(
    {
      host: { version: 'v1.18.20', holds: [...kubefedOn(members), ...ca] },
      member: { version: 'v1.18.20', holds: ca },
    },
    { versions: { istioctl: '1.7.2' } },
  );
  const contexts = new Map(['host', 'member'].map((name) => [name, name]));
  const { exitCode, said } = await applyTo(servers, { directory, contexts });
  expect(exitCode, said).toBe(0);
});

describe('the identity of clusters', () => {
  test('must be known in a run that asks nobody', async () => {
    const servers = defaultWorld();
    const { exitCode, said } = await applyTo(servers, { expected: new Map() });
    expect(exitCode).toBe(1);
    const words = [...expectedOf(servers)].map(([name, uid]) => `--expect ${name}=${uid}`);
    expect(said).toContain(words.join(' '));
    expect(changesOf(servers)).toEqual([]);
  });

  test('is known from the record after the first apply', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    expect((await applyTo(servers, { expected: new Map() })).exitCode).toBe(0);
  });

  test('is not known from records of the first version, which name no cluster', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    for (const name of ['host', 'member'])
      for (const key of ['cluster', 'clusters.tsv']) editRecord(servers, name, key, () => '');
    const { exitCode, said } = await applyTo(servers, { expected: new Map() });
    expect(exitCode, said).toBe(1);
    expect(said).toContain([...expectedOf(servers)].map(([name, uid]) => `--expect ${name}=${uid}`).join(' '));
  });

  test('is not that of exchanged contexts, even without a lock', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const before = servers.snapshot();
    const contexts = new Map([
      ['host', 'member'],
      ['member', 'host'],
    ]);
    for (const confirm of [null, async () => true]) {
      const { exitCode, said } = await applyTo(servers, { contexts, expected: new Map(), confirm });
      expect(exitCode).toBe(1);
      expect(said).toMatch(/context member is member of demo|the record of/);
      expect(servers.snapshot()).toEqual(before);
    }
  });

  test('is confirmed by somebody who sees the servers and their UIDs', async () => {
    const servers = defaultWorld();
    const seen: string[] = [];
    const { exitCode } = await applyTo(servers, {
      expected: new Map(),
      confirm: async (clusters) => {
        seen.push(...clusters.map(({ cluster, server, uid, identity }) => `${cluster} ${server} ${uid} ${identity}`));
        return false;
      },
    });
    expect(exitCode).toBe(1);
    expect(seen).toEqual(
      [...expectedOf(servers)].map(([name, uid]) => `${name} ${servers.cluster(name).url} ${uid} unknown`),
    );
    expect(changesOf(servers)).toEqual([]);
  });
});
