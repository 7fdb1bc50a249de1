import { describe, expect, test } from 'vitest';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import type { ProgramCall } from '../../../operations/tools/run-program.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import { makeServers } from '../../support/servers/servers.ts';

const server = (name: string, context = name, uid: string | null = null) => ({
  name,
  context,
  uid,
  isLeaving: false,
  isMember: true,
});

describe('reaching clusters', () => {
  test('asks the first one alone, the others side by side', async () => {
    const servers = makeServers({ a: {}, b: {}, c: {} }, { latency: 200 });
    await reachClusters(
      ['a', 'b', 'c'].map((name) => server(name)),
      { run: servers.run, parallel: 8, answerSeconds: 30 },
    );
    expect(servers.calls.map(({ began }) => began)).toEqual([0, 200, 200]);
  });

  test('asks one cluster of each credential plugin alone, and only there lets it ask', async () => {
    const servers = makeServers({ a: {}, b: {}, c: {} });
    const exec = (name: string) => ({ name, user: { exec: { command: 'login' } } });
    const config = {
      contexts: ['a', 'b', 'c'].map((name) => ({ name, context: { user: name === 'c' ? 'other' : 'one' } })),
      users: [exec('one'), exec('other')],
    };
    servers.setOnCall((_, { verb }) => (verb === 'config view' ? prints(JSON.stringify(config)) : undefined));
    const calls: ProgramCall[] = [];
    await reachClusters(
      ['a', 'b', 'c'].map((name) => server(name)),
      {
        run: (call) => {
          calls.push(call);
          return servers.run(call);
        },
        parallel: 8,
        answerSeconds: 30,
        onPrompt: () => {},
      },
    );
    const prompting = calls.filter(({ onPrompt }) => onPrompt !== undefined).map(({ args }) => args[0]);
    expect(prompting).toEqual(['--context=a', '--context=c']);
  });

  test('refuses exchanged contexts when the lock knows the clusters', async () => {
    const servers = makeServers({ a: {}, b: {} });
    const plain = await reachClusters([server('a'), server('b')], { run: servers.run, parallel: 8, answerSeconds: 30 });
    if (plain.kind !== 'all') throw new Error(plain.kind);
    const uid = (name: string) => plain.clusters.get(name)?.uid ?? '';
    const exchanged = [server('a', 'b', uid('a')), server('b', 'a', uid('b'))];
    const reached = await reachClusters(exchanged, { run: servers.run, parallel: 8, answerSeconds: 30 });
    expect(reached.kind === 'problems' && reached.problems.map(({ problem }) => problem)).toEqual([
      `a: context b is the cluster ${uid('b')}, expected ${uid('a')}`,
      `b: context a is the cluster ${uid('a')}, expected ${uid('b')}`,
    ]);
  });

  test('refuses two contexts of one cluster', async () => {
    const servers = makeServers({ a: {} });
    const reached = await reachClusters([server('a'), server('b', 'a')], {
      run: servers.run,
      parallel: 8,
      answerSeconds: 30,
    });
    expect(reached.kind).toBe('problems');
  });

  test('hears a healthy cluster that also warns', async () => {
    const servers = makeServers({ a: {} });
    const uid = '11111111-0000-4000-8000-000000000000';
    servers.setOnCall(() => prints(`{"metadata":{"uid":"${uid}"}}`, { stderr: 'Warning: old\nE1128 memcache.go\n' }));
    const reached = await reachClusters([server('a')], { run: servers.run, parallel: 8, answerSeconds: 30 });
    expect(reached.kind === 'all' && reached.clusters.get('a')?.uid).toBe(uid);
  });

  test.each([
    prints('{"metadata":{"uid":"BASHPID[$(id)]"}}'),
    prints('{"metadata":{"uid":"--all"}}'),
    prints('{"metadata":{"uid":8}}'),
    prints('[]'),
    prints(''),
    fails('\u001b[2Jhacked'),
  ])('believes no answer that is no UID', async (answer) => {
    const servers = makeServers({ a: {} }, { onCall: () => answer });
    const reached = await reachClusters([server('a')], { run: servers.run, parallel: 8, answerSeconds: 30 });
    if (reached.kind !== 'problems') throw new Error(reached.kind);
    expect(JSON.stringify(reached.problems)).not.toContain('\\u001b');
  });
});
