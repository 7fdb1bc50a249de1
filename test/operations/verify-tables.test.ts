import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { fakeClusters } from '../support/clusters/fake-clusters.ts';
import { fakeMesh } from '../support/clusters/fake-mesh.ts';
import { test } from '../support/clusters/verify-run.ts';

const tables = ['services', 'clients', 'endpoints', 'gateways', 'objects'] as const;

/** Client, serving cluster and endpoint of the rows for helloworld. */
const callsOf = (out: string): readonly string[] =>
  out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ +/))
    .flatMap(([client, , serving, endpoint, state]) =>
      state === 'unexpected' ? [] : `${client} ${serving} ${endpoint}`,
    );

describe('calls are expected', () => {
  test('only from the clients of a service', async ({ directory, verify, edit }) => {
    edit('services.tsv', (text) => text.replace(/^(helloworld.*)all\tall$/m, '$1helloworld.sample\tall'));
    edit('clients.tsv', (text) => `${text}helloworld.sample\tmember\tnetwork2\thost\n`);
    fakeClusters(directory, fakeMesh());
    const { out } = await verify('--calls', '0', '--service', 'helloworld');
    expect(callsOf(out)).toEqual(['member host gateway-address:host:15443', 'member member local']);
  });

  test('only from its own network to a cluster without a gateway', async ({ directory, verify, edit }) => {
    edit('endpoints.tsv', (text) => text.replace(/^(all\tmember\tnetwork2)\tmember$/m, '$1\t-'));
    fakeClusters(directory, fakeMesh());
    const { out } = await verify('--calls', '0', '--service', 'helloworld');
    expect(callsOf(out)).toEqual(['host host local', 'member host gateway-address:host:15443', 'member member local']);
  });

  test('at every gateway of its network to a cluster without a gateway of its own', async ({
    directory,
    verify,
    edit,
  }) => {
    edit('endpoints.tsv', (text) => text.replace(/^(all\tmember\tnetwork2)\tmember$/m, '$1\t*'));
    edit('gateways.tsv', (text) => `${text}member\tnetwork2\t203.0.113.30:15443\n`);
    fakeClusters(directory, fakeMesh());
    const { out } = await verify('--calls', '0', '--service', 'helloworld');
    expect(callsOf(out)).toEqual([
      'host host local',
      'host member gateway-address:member:15443',
      'host member 203.0.113.30:15443',
      'member host gateway-address:host:15443',
      'member member local',
    ]);
  });
});

describe('tables are refused before any cluster is asked', () => {
  const line = (at: number, pattern: RegExp | string, by: string) => (text: string) =>
    text
      .split('\n')
      .map((one, index) => (index === at - 1 ? one.replace(pattern, by) : one))
      .join('\n');
  const changes: readonly (readonly [table: string, change: (text: string) => string, message: string])[] = [
    ['services', line(1, 'clients', 'callers'), 'services.tsv does not have the columns'],
    ['clients', (text) => text.slice(text.indexOf('\n') + 1), 'clients.tsv does not have the columns'],
    ['endpoints', () => '', 'endpoints.tsv does not have the columns'],
    ['gateways', line(1, /$/, '\tmore'), 'gateways.tsv does not have the columns'],
    ['services', line(2, 'all', 'web.shop'), 'services.tsv names web.shop, which clients.tsv does not have'],
    ['services', line(2, /all$/, 'web.shop'), 'services.tsv names web.shop, which endpoints.tsv does not have'],
    ['clients', line(2, 'host', 'edge'), 'clients.tsv names edge, which plan.json does not have'],
    ['clients', line(2, /host$/, 'edge'), 'clients.tsv names edge, which plan.json does not have'],
    ['endpoints', line(2, 'host', 'edge'), 'endpoints.tsv names edge, which plan.json does not have'],
    ['gateways', line(2, 'host', 'edge'), 'gateways.tsv names edge, which plan.json does not have'],
    ['endpoints', line(2, /host$/, 'edge'), 'endpoints.tsv names network1 edge, which gateways.tsv does not have'],
    ['endpoints', line(2, /network1\thost$/, 'network3\t*'), 'endpoints.tsv names network3 *, which gateways.tsv'],
    ['services', line(2, '5000', '05000'), 'services.tsv, line 2, port: this is no value that synth writes'],
    ['services', line(2, '5000', '65536'), 'services.tsv, line 2, port: this is no value that synth writes'],
    ['gateways', line(2, '15443', '1e3'), 'gateways.tsv, line 2, address: this is no value that synth writes'],
    ['gateways', line(2, /$/, '\tmore'), 'gateways.tsv, line 2: this is no value that synth writes'],
    ['clients', line(2, /\thost$/, ''), 'clients.tsv, line 2, primary: this is no value that synth writes'],
  ];

  test.for(changes)('%s: %s becomes %s', async ([table, change, message], { directory, verify, edit }) => {
    const calls = fakeClusters(directory, fakeMesh());
    edit(`${table}.tsv`, change);
    const { status, out, err } = await verify();
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^error: /);
    expect(err).toContain(message);
    expect(err).toMatch(/synthesize again/);
    const { out: json } = await verify('--json');
    expect(JSON.parse(json)).toMatchObject({ ok: false, problems: [{ problem: expect.stringContaining(message) }] });
    expect(calls()).toEqual([]);
  });

  test.for(tables)('%s.tsv that is missing', async (table, { directory, verify }) => {
    rmSync(join(directory, `${table}.tsv`));
    expect(await verify()).toMatchObject({ status: 2, err: expect.stringContaining(`${table}.tsv is missing`) });
  });
});

test('nothing in a table is run, or reaches a program or the terminal', async ({ directory, verify, edit }) => {
  const calls = fakeClusters(directory, fakeMesh());
  const traps = [
    'a[$(touch stolen)]',
    '$(touch stolen)',
    '`touch stolen`',
    '@',
    ']',
    '"',
    '\\',
    ' ',
    '--kubeconfig=x',
    '\u001b[31m',
    '',
  ];
  for (const table of tables.slice(0, 4)) {
    for (const trap of traps) {
      let former = '';
      edit(`${table}.tsv`, (text) => {
        former = text;
        const [header = '', first = '', ...others] = text.split('\n');
        const cells = first.split('\t');
        const rows = cells.map((_, at) => cells.map((cell, index) => (index === at ? trap : cell)).join('\t'));
        return [header, ...rows, first, ...others].join('\n');
      });
      const { status, err } = await verify('--calls', '0');
      expect(status, `${table} ${trap}`).toBe(2);
      expect(err).not.toContain('\u001b');
      edit(`${table}.tsv`, () => former);
    }
  }
  expect(calls()).toEqual([]);
  expect(existsSync('stolen')).toBe(false);
});
