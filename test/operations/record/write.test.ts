import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { Failure } from '../../../operations/clusters/failure.ts';
import { noteCreated } from '../../../operations/record/created.ts';
import type { ClusterRecord, StoredRecord } from '../../../operations/record/record.ts';
import { renderRecord } from '../../../operations/record/record-rows.ts';
import { uniteWithFormer } from '../../../operations/record/unite-records.ts';
import { deleteRecord, sizeProblemOf, writeRecord } from '../../../operations/record/write-record.ts';
import { reachOne } from '../../support/clusters/reach.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { configMap, fullRecord, labelsOf, recordsIn } from './record-run.ts';

const next: ClusterRecord = { ...fullRecord, progress: null };

async function world(...holds: readonly object[]): Promise<{ readonly servers: Servers; readonly cluster: Cluster }> {
  const servers = makeServers({ host: { holds } });
  return { servers, cluster: await reachOne(servers, 'host') };
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Failure) return error.kind;
    throw error;
  }
  return 'done';
}

const changesOf = ({ calls }: Servers): readonly string[] =>
  calls.flatMap(({ isChange, verb, objects }) => (isChange ? `${verb} ${objects.join()}` : []));

describe('writing a record', () => {
  test('creates it, with its labels, and reads it again', async () => {
    const { cluster } = await world();
    const stored = await writeRecord(cluster, null, fullRecord);
    const found = await recordsIn(cluster);
    expect(found.own).toEqual(stored);
    expect(found.others).toEqual([]);
  });

  test('writes nothing if nothing is new', async () => {
    const { servers, cluster } = await world();
    const stored = await writeRecord(cluster, null, fullRecord);
    const before = changesOf(servers).length;
    expect(await writeRecord(cluster, stored, { ...fullRecord })).toBe(stored);
    expect(changesOf(servers)).toHaveLength(before);
  });

  test('of two people, the slower one is refused, and the record of the faster one stays', async () => {
    const { cluster } = await world();
    const stored = await writeRecord(cluster, null, fullRecord);
    const [one, other]: readonly ClusterRecord[] = [
      { ...fullRecord, members: [] },
      { ...fullRecord, created: [] },
    ] as const;
    await writeRecord(cluster, stored, one as ClusterRecord);
    expect(await kindOf(writeRecord(cluster, stored, other as ClusterRecord))).toBe('locked');
    expect((await recordsIn(cluster)).own?.record).toEqual(one);
  });

  test('both create it: the slower one is refused', async () => {
    const { cluster } = await world();
    await writeRecord(cluster, null, fullRecord);
    expect(await kindOf(writeRecord(cluster, null, next))).toBe('locked');
    expect((await recordsIn(cluster)).own?.record).toEqual(fullRecord);
  });

  test('does not bring back one that somebody has deleted', async () => {
    const { cluster } = await world();
    const stored = await writeRecord(cluster, null, fullRecord);
    await deleteRecord(cluster, stored);
    expect(await kindOf(writeRecord(cluster, stored, next))).toBe('locked');
    expect((await recordsIn(cluster)).own).toBeNull();
  });

  test('does not delete one that somebody has written since', async () => {
    const { cluster } = await world();
    const stored = await writeRecord(cluster, null, fullRecord);
    await writeRecord(cluster, stored, next);
    expect(await kindOf(deleteRecord(cluster, stored))).toBe('locked');
    expect((await recordsIn(cluster)).own?.record).toEqual(next);
  });

  test('takes in what apply.sh has written, and deletes it afterwards', async () => {
    const part = {
      cluster: 'host',
      'objects.tsv': '40-workloads\tapps\tDeployment\tsample\tother\n',
      'commands.tsv': '',
    };
    const { servers, cluster } = await world(configMap('mesh-federation-demo-0123456789', part, labelsOf('demo')));
    const { own } = await recordsIn(cluster);
    await writeRecord(cluster, own, own?.record as ClusterRecord);
    expect(changesOf(servers).map((line) => line.split(' ')[0])).toEqual(['create', 'delete']);
    const after = (await recordsIn(cluster)).own;
    expect(after?.record.objects.map(({ name }) => name)).toEqual(['other']);
    expect(after?.parts.map(({ name }) => name)).toEqual(['mesh-federation-demo']);
  });

  test('gives one of before the labels its labels', async () => {
    const { cluster } = await world(configMap('mesh-federation-demo', renderRecord(fullRecord)));
    const { own } = await recordsIn(cluster);
    await writeRecord(cluster, own, next);
    const query = { resource: 'configmaps', name: null, namespace: 'kube-system' };
    const labelled = await cluster.kubectl.getNames({ ...query, selector: 'mesh-federation.io/federation=demo' });
    expect(labelled).toEqual({ kind: 'found', value: ['mesh-federation-demo'] });
  });

  test('does not write what nobody could read', async () => {
    const { servers, cluster } = await world();
    const wrong = { ...fullRecord, commands: [{ wave: '30-links', undo: 'a', path: null, args: ['--context=x'] }] };
    expect(await kindOf(writeRecord(cluster, null, wrong))).toBe('failed');
    expect(changesOf(servers)).toEqual([]);
  });

  test('says that it may not', async () => {
    const { servers, cluster } = await world();
    servers.setOnCall((_, { verb }) => (verb === 'create' ? fails('Error from server (Forbidden): no') : undefined));
    expect(await kindOf(writeRecord(cluster, null, fullRecord))).toBe('failed');
  });

  test.each(['', '{}', '{"metadata":{"uid":"-a","resourceVersion":"1"}}', '[]'])(
    'does not believe a server that answers %s',
    async (answer) => {
      const { servers, cluster } = await world();
      servers.setOnCall((_, { verb }) => (verb === 'create' ? prints(answer) : undefined));
      expect(await kindOf(writeRecord(cluster, null, fullRecord))).toBe('failed');
    },
  );
});

test('a run with a new name that was killed after the first of its two writes goes on', async () => {
  const { cluster } = await world(configMap('mesh-federation-former', renderRecord(fullRecord), labelsOf('former')));
  await writeRecord(cluster, null, { ...next, objects: [] });
  const { own, others } = await recordsIn(cluster);
  const united = uniteWithFormer(own as StoredRecord, others[0] as StoredRecord);
  await writeRecord(cluster, united, united?.record as ClusterRecord);
  const after = await recordsIn(cluster);
  expect(after.others).toEqual([]);
  expect(after.own?.record.objects).toEqual(fullRecord.objects);
});

describe('what a run creates', () => {
  const candidates = ['istio-system', 'sample'].map((name) => ({
    group: '',
    kind: 'Namespace',
    namespace: null,
    name,
  }));
  const empty = { ...fullRecord, created: [] };

  test('is what is not there yet', async () => {
    const { cluster } = await world(namespace('sample'));
    const { created } = await noteCreated(cluster, empty, candidates);
    expect(created.map(({ name }) => name)).toEqual(['istio-system']);
  });

  test.each([
    fails('Unable to connect to the server: net/http: TLS handshake timeout'),
    fails('Error from server (Forbidden): namespaces is forbidden'),
    prints('{'),
    prints('{"kind":"List","items":[{"kind":"Namespace"}]}'),
  ])('is unknown if the server does not tell', async (answer) => {
    const { servers, cluster } = await world(namespace('sample'));
    await cluster.kinds.known();
    servers.setOnCall((_, { args }) => (args.includes('--filename=-') ? answer : undefined));
    expect(await kindOf(noteCreated(cluster, empty, candidates))).toBe('failed');
  });

  test('is unknown if one of its APIs does not answer that may serve the kind', async () => {
    const { servers, cluster } = await world();
    servers.setOnCall((_, { verb }) =>
      verb === 'api-resources'
        ? prints('namespaces ns v1 false Namespace create,get\n', { exitCode: 1, stderr: 'error: unable to retrieve' })
        : undefined,
    );
    const federated = { group: 'types.kubefed.io', kind: 'FederatedNamespace', namespace: 'sample', name: 'sample' };
    expect(await kindOf(noteCreated(cluster, empty, [federated]))).toBe('failed');
    expect(await kindOf(noteCreated(cluster, empty, candidates))).toBe('done');
  });
});

describe('the size of a record', () => {
  const cluster = (at: number): string => `cluster-of-some-region-${String(at).padStart(4, '0')}`;
  const manyClusters = Array.from({ length: 1000 }, (_, at) => cluster(at));
  const uid = '11111111-0000-4000-8000-000000000000';
  const large = (objects: number): ClusterRecord => ({
    ...fullRecord,
    members: manyClusters.map((name) => ({ name, uid })),
    commands: manyClusters.flatMap((name) => [
      {
        wave: '30-links',
        undo: 'remote-secret',
        path: null,
        args: [name, name, `https://${name}.clusters.example.com:6443`],
      },
      { wave: '50-join', undo: 'kubefed-join', path: null, args: [name, name] },
    ]),
    objects: Array.from({ length: objects }, (_, at) => ({
      wave: '60-federation',
      group: 'networking.istio.io',
      kind: 'ServiceEntry',
      namespace: 'a-namespace-of-a-team',
      name: `an-object-of-a-team-${at}`,
    })),
  });

  test('fits for the host of 1,000 clusters, with 50 objects in each', () => {
    const bytes = Object.values(renderRecord(large(50))).join('').length;
    expect(bytes).toBeLessThan(400_000);
    expect(sizeProblemOf(large(50))).toBeNull();
  });

  test('is a problem before anything is changed, if it does not fit', () => {
    expect(sizeProblemOf(large(20_000))?.problem).toContain('and a ConfigMap holds 1048576');
  });
});
