import { describe, expect, test } from 'vitest';
import { prints, refusedConnection } from '../../support/servers/interruptions.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo } from './apply-run.ts';

const silent = refusedConnection();
const registrations = JSON.stringify({
  items: ['host', 'member'].map((name, index) => ({
    metadata: { name },
    spec: { apiEndpoint: `https://203.0.113.${20 + index}:6443` },
    status: { conditions: [{ type: 'Ready', status: name === 'host' ? 'True' : 'Unknown' }] },
  })),
});

describe('a run to clusters of which one does not answer', () => {
  const servers = defaultWorld({
    onCall: (_, { context, args }) => {
      if (context === 'member') return silent;
      return args.at(-1) === 'kubefedclusters.core.kubefed.io' ? prints(registrations) : undefined;
    },
  });

  test('also says what the others know, and changes nothing', async () => {
    const before = servers.snapshot();
    const { exitCode, said } = await applyTo(servers);
    expect(said).toContain('member: context member does not answer: ');
    expect(said).toContain('KubeFed does not reach member: its condition Ready is Unknown');
    expect(said).toContain('error: 2 problems, nothing was changed');
    expect(exitCode).toBe(1);
    expect(servers.snapshot()).toEqual(before);
  });
});

test('a run to clusters of which one is another one than expected asks no further', async () => {
  const servers = defaultWorld();
  const { said } = await applyTo(servers, { contexts: new Map([['member', 'host']]) });
  expect(said).toContain('error: 1 problem, nothing was changed');
  expect(said).toContain('member and host are one cluster');
  const asked = servers.calls.filter(({ isChange, args }) => isChange || args.includes('configmaps'));
  expect(asked).toEqual([]);
});

test('exchanged contexts are refused by the records, and nobody is told to expect them', async () => {
  const servers = defaultWorld();
  await applyTo(servers);
  const before = servers.snapshot();
  const contexts = new Map([
    ['host', 'member'],
    ['member', 'host'],
  ]);
  const { exitCode, said } = await applyTo(servers, { contexts, expected: new Map() });
  expect(exitCode).toBe(1);
  expect(said).toContain('error: 2 problems, nothing was changed');
  expect(said).not.toContain('--expect');
  expect(servers.snapshot()).toEqual(before);
});
