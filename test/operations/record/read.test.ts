import { describe, expect, test } from 'vitest';
import { renderRecord } from '../../../operations/record/record-rows.ts';
import { reachOne } from '../../support/clusters/reach.ts';
import { fails, prints, tooMuch } from '../../support/servers/interruptions.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { configMap, fullRecord, labelsOf, recordsIn } from './record-run.ts';

const data = renderRecord(fullRecord);
const checksum = '0123456789';

async function records(...holds: readonly object[]) {
  const servers = makeServers({ host: { holds } });
  return recordsIn(await reachOne(servers, 'host'));
}

describe('the records of a cluster', () => {
  test('are none in an empty one', async () => {
    expect(await records()).toEqual({ own: null, others: [], unreadable: [] });
  });

  test('are found by their labels', async () => {
    const { own } = await records(configMap('mesh-federation-demo', data, labelsOf('demo')));
    expect(own?.record).toEqual(fullRecord);
    expect(own?.parts.map(({ name }) => name)).toEqual(['mesh-federation-demo']);
  });

  test('of another federation are found, with and without labels', async () => {
    const found = await records(
      configMap('mesh-federation-shop', data, labelsOf('shop')),
      configMap('mesh-federation-earlier', data),
      configMap('mesh-federation-demo', data),
    );
    expect(found.own?.record.federation).toBe('demo');
    expect(found.others.map(({ record }) => record.federation).sort()).toEqual(['earlier', 'shop']);
    expect(found.unreadable).toEqual([]);
  });

  test('of the first version have no name of the cluster', async () => {
    const { 'objects.tsv': objects = '' } = data;
    const { own } = await records(configMap('mesh-federation-demo', { 'objects.tsv': objects }));
    expect(own?.record).toMatchObject({ cluster: 'host', members: [], created: [], progress: null });
    expect(own?.namesCluster).toBe(false);
  });

  test('of apply.sh become one with that of the command, and claim nothing as created', async () => {
    const objects = '40-workloads\tapps\tDeployment\tsample\tother\n';
    const part = {
      cluster: 'host',
      'objects.tsv': objects,
      'commands.tsv': '',
      'created.tsv': '-\tNamespace\t-\tdefault\n',
    };
    const { own } = await records(
      configMap(`mesh-federation-demo-${checksum}`, part, labelsOf('demo')),
      configMap('mesh-federation-demo', data, labelsOf('demo')),
    );
    expect(own?.record.objects.map(({ name }) => name)).toContain('other');
    expect(own?.record).toMatchObject({ created: fullRecord.created, progress: fullRecord.progress });
    expect(own?.parts).toHaveLength(2);
    const alone = await records(configMap(`mesh-federation-demo-${checksum}`, part, labelsOf('demo')));
    expect(alone.own?.record).toMatchObject({ created: [], progress: null, members: [] });
  });

  test('do not include a ConfigMap of another purpose with such a name', async () => {
    expect(await records(configMap('mesh-federation-dashboard', { 'a.json': '{}' }))).toEqual({
      own: null,
      others: [],
      unreadable: [],
    });
  });
});

describe('a ConfigMap is no record, and said to be none, that', () => {
  const unreadable: Readonly<Record<string, object>> = {
    'only has our labels': configMap('coredns', { Corefile: '.:53' }, labelsOf('demo')),
    'has our labels and rows': configMap('coredns', data, labelsOf('demo')),
    'has the name of another federation': configMap('mesh-federation-shop', data, labelsOf('demo')),
    'has a name with another end': configMap('mesh-federation-demo-x', data, labelsOf('demo')),
    'names no federation': configMap('mesh-federation-demo', data, {
      'app.kubernetes.io/managed-by': 'mesh-federation',
    }),
    'names a federation that is none': configMap('mesh-federation-demo', data, labelsOf('A_b')),
    'has a row that is none': configMap('mesh-federation-demo', { ...data, 'objects.tsv': 'a\n' }, labelsOf('demo')),
    'has such a row, and no labels': configMap('mesh-federation-demo', { ...data, 'objects.tsv': 'a\n' }),
  };

  test.each(Object.entries(unreadable))('%s', async (_, held) => {
    const found = await records(held);
    expect(found).toEqual({
      own: null,
      others: [],
      unreadable: [(held as { metadata: { name: string } }).metadata.name],
    });
  });

  test('is of another cluster than the other part', async () => {
    const part = { cluster: 'member', 'objects.tsv': '', 'commands.tsv': '' };
    const found = await records(
      configMap(`mesh-federation-demo-${checksum}`, part, labelsOf('demo')),
      configMap('mesh-federation-demo', data, labelsOf('demo')),
    );
    expect(found.own).toBeNull();
    expect(found.unreadable).toHaveLength(2);
  });
});

describe('a server that', () => {
  const answers = {
    'does not list': fails('Error from server (Forbidden): configmaps is forbidden'),
    'has no end': tooMuch(),
    'prints no JSON': prints('{'),
    'prints a list of something else': prints('{"items":[{"metadata":{"name":"--all"}}]}'),
    'prints numbers as data': prints(
      '{"items":[{"metadata":{"name":"a","uid":"a","resourceVersion":"1"},"data":{"objects.tsv":8}}]}',
    ),
  };

  test.each(Object.entries(answers))('%s is not taken for one without records', async (_, answer) => {
    const servers = makeServers({ host: {} });
    const cluster = await reachOne(servers, 'host');
    servers.setOnCall((__, { args }) => (args.includes('configmaps') ? answer : undefined));
    await expect(recordsIn(cluster)).rejects.toThrow();
  });

  const manyRows = (megabytes: number) => {
    // Each row is another one.
    const rows = Array.from({ length: 33_000 * megabytes }, (_, at) => `40-workloads\t-\tConfigMap\ta\ta${at}\n`);
    const items = Array.from({ length: megabytes }, (_, at) => ({
      metadata: {
        name: at === 0 ? 'mesh-federation-demo' : `mesh-federation-demo-${checksum}${at}`,
        uid: 'a',
        resourceVersion: '1',
        labels: labelsOf('demo'),
      },
      data: { 'objects.tsv': rows.slice(at * 33_000, (at + 1) * 33_000).join('') },
    }));
    return prints(JSON.stringify({ items }));
  };

  test.each([3, 30])('has %i megabytes of rows is done in time', async (megabytes) => {
    const servers = makeServers({ host: {} });
    const cluster = await reachOne(servers, 'host');
    const answer = manyRows(megabytes);
    servers.setOnCall((_, { args }) => (args.some((arg) => arg.startsWith('--selector')) ? answer : undefined));
    const began = performance.now();
    const found = await recordsIn(cluster).then(
      ({ own }) => `${own?.record.objects.length} objects`,
      (error: Error) => error.message,
    );
    expect(found).toBe(megabytes === 3 ? '99000 objects' : 'its ConfigMaps of records have more than 4 MiB');
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
