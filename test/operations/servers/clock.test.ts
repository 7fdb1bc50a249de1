import { describe, expect, test } from 'vitest';
import { ask } from '../../support/servers/ask.ts';
import {
  dies,
  expiredToken,
  never,
  prints,
  refusedConnection,
  tooManyRequests,
  tooMuch,
} from '../../support/servers/interruptions.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { emptyClusters } from '../../support/servers/worlds/worlds.ts';

const create = 'kubectl --context=host create namespace one';
const get = 'kubectl --context=host get namespace one --ignore-not-found --output=name';

describe('simulated time', () => {
  test('passes once for calls side by side, and for each of those in a row', async () => {
    const { run, clock } = emptyClusters(['host'], { latency: 200 });
    await Promise.all([ask(run, get), ask(run, get), ask(run, get)]);
    expect(clock.now()).toBe(200);
    await ask(run, get);
    await ask(run, get);
    expect(clock.now()).toBe(600);
  });

  test('ends a call that takes longer than it may, though the server has done it', async () => {
    const { run, clock, cluster } = makeServers(
      { host: {} },
      { onCall: () => ({ kind: 'takes', milliseconds: 90_000, isDone: true }) },
    );
    const [program = '', ...args] = create.split(' ');
    expect(await run({ program, args, timeoutSeconds: 60 })).toEqual({ kind: 'timed-out' });
    expect(clock.now()).toBe(60_000);
    const names = cluster('host').server.entries.map(({ object }) => object.metadata.name);
    expect(names).toContain('one');
  });
});

describe('a machine that stops', () => {
  test.each([
    { when: 'before', is: '' },
    { when: 'after', is: 'namespace/one\n' },
  ] as const)('$when a change leaves the servers to the next life', async ({ when, is }) => {
    const servers = emptyClusters(['host'], { onCall: (index) => (index === 0 ? dies(when) : undefined) });
    const ended = await Promise.race([ask(servers.run, create), servers.died]);
    expect(ended).toBe('died');
    const late = await Promise.race([ask(servers.run, get), Promise.resolve('nothing')]);
    expect(late).toBe('nothing');
    expect((await ask(servers.nextLife().run, get)).out).toBe(is);
  });
});

describe('answers that are none', () => {
  test.each([
    { name: 'too many requests', interruption: tooManyRequests(), text: 'TooManyRequests' },
    { name: 'an expired token', interruption: expiredToken(), text: 'You must be logged in to the server' },
    { name: 'a refused connection', interruption: refusedConnection(), text: 'was refused' },
  ])('$name: the server has done nothing', async ({ interruption, text }) => {
    const { run, snapshot } = emptyClusters(['host'], { onCall: () => interruption });
    const before = snapshot();
    expect((await ask(run, create)).err).toContain(text);
    expect(snapshot()).toEqual(before);
  });

  test('a hostile text comes in place of the answer, and the change is made', async () => {
    const { run, snapshot } = emptyClusters(['host'], { onCall: () => prints('\u001b[31mred') });
    expect((await ask(run, create)).out).toBe('\u001b[31mred');
    expect(snapshot().host).toHaveProperty('namespaces/one');
  });

  test.each([
    { interruption: never(), kind: 'timed-out' },
    { interruption: tooMuch(), kind: 'too-long' },
  ])('$kind', async ({ interruption, kind }) => {
    const { run } = emptyClusters(['host'], { onCall: () => interruption });
    expect(await run({ program: 'kubectl', args: ['version'], timeoutSeconds: 1 })).toEqual({ kind });
  });
});
