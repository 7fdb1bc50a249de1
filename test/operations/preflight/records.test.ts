import { describe, expect, test } from 'vitest';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import type { ClusterRecord, ClusterRecords } from '../../../operations/record/record.ts';
import { emptyRecord, holding, recordMap } from '../../support/preflight/objects.ts';
import { runPreflight } from '../../support/preflight/run-preflight.ts';
import { uidOf } from '../../support/servers/make-world.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';

const [host, member] = [uidOf('host'), uidOf('member')];
const both = [
  { name: 'host', uid: host },
  { name: 'member', uid: member },
];

interface Held {
  readonly host?: Partial<ClusterRecord>;
  readonly member?: Partial<ClusterRecord>;
}

const worldWith = (records: Held): Servers =>
  defaultWorld(
    {},
    {
      host: holding('host', ...(records.host ? [recordMap({ cluster: 'host', ...records.host })] : [])),
      member: holding('member', ...(records.member ? [recordMap({ cluster: 'member', ...records.member })] : [])),
    },
  );
const problemsIn = async (servers: Servers, options: Parameters<typeof runPreflight>[1] = {}) =>
  (await runPreflight(servers, options)).problems;
const lockedTo =
  (name: string, uid: string) =>
  (step: Step): Step =>
    step.target.name === name ? { ...step, target: { ...step.target, uid } } : step;

test('accepts the records of the last apply', async () => {
  expect(await problemsIn(worldWith({ host: { members: both }, member: { members: both } }))).toEqual([]);
});

describe('another federation', () => {
  test('is named with its record, and with the way to take it over', async () => {
    const old = { federation: 'former' };
    expect(await problemsIn(worldWith({ host: old, member: { ...old, cluster: 'edge' } }))).toEqual([
      {
        problem:
          'host (ConfigMap mesh-federation-former of kube-system), member as edge (ConfigMap mesh-federation-former of kube-system): there is already the federation former, and both would share gateways, secrets and Istio',
        fix: 'if demo is the new name of former: mesh-federation apply --renamed-from former; otherwise remove former from there first with its own mesh-federation destroy, or leave the cluster out of demo',
      },
    ]);
  });

  test('is refused beside this one, too', async () => {
    const servers = defaultWorld(
      {},
      { host: holding('host', recordMap({ members: both }), recordMap({ federation: 'other' })) },
    );
    expect(await problemsIn(servers)).toEqual([
      { problem: expect.stringContaining('there is already the federation other'), fix: expect.any(String) },
    ]);
  });

  test('with a name that a shell would run becomes no part of a command', async () => {
    const evil = recordMap({});
    const labels = { 'app.kubernetes.io/managed-by': 'mesh-federation', 'mesh-federation.io/federation': 'x; id #' };
    const map = { ...evil, metadata: { name: 'mesh-federation-x', namespace: 'kube-system', labels } };
    const problems = await problemsIn(defaultWorld({}, { host: holding('host', map) }));
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('id #');
  });
});

describe('a record that cannot be read', () => {
  test.each([
    ['objects.tsv', '10-foundation\t-\t--context=host\t-\thost\n'],
    ['commands.tsv', '20-control-plane\tistioctl-install\t--filename=x\n'],
    ['cluster', '../host'],
    ['clusters.tsv', 'member\t$(id)\n'],
    ['created.tsv', '\u001b[2J\n'],
  ])('is named: %s', async (key, text) => {
    const servers = defaultWorld({}, { member: holding('member', recordMap({ cluster: 'member' }, { [key]: text })) });
    expect(await problemsIn(servers)).toEqual([
      {
        problem:
          'member: ConfigMap mesh-federation-demo of kube-system looks like a record and cannot be read, so it is unknown what belongs to whom',
        fix: expect.stringContaining('kubectl --context=member --namespace=kube-system get configmaps'),
      },
    ]);
  });

  test('is not the same as none: a leaving cluster has not left because of it', async () => {
    const change = leaving('member');
    const map = recordMap({ cluster: 'member' }, { cluster: '--all' });
    const problems = await problemsIn(defaultWorld({}, { member: holding('member', map) }), { change });
    expect(problems.map(({ problem }) => problem)).toEqual([expect.stringContaining('cannot be read')]);
  });
});

const leaving =
  (name: string) =>
  (step: Step): Step =>
    step.action === 'preflight' && step.target.name === name && step.expected !== null
      ? { ...step, expected: { ...step.expected, isLeaving: true } }
      : step;

describe('contexts that lead to other clusters', () => {
  const swapped = { contexts: { host: 'member', member: 'host' } };
  const records = { host: { members: both }, member: { members: both } };

  test('are refused when they are exchanged, without any lock', async () => {
    const servers = worldWith(records);
    expect(await problemsIn(servers, swapped)).toEqual([
      {
        problem: `host: context member is member of demo, by the record in the cluster ${member}`,
        fix: 'name the right contexts: --context host=CONTEXT --context member=CONTEXT',
      },
      {
        problem: `member: context host is host of demo, by the record in the cluster ${host}`,
        fix: 'name the right contexts: --context member=CONTEXT --context host=CONTEXT',
      },
    ]);
    // Nothing else is asked of the wrong clusters.
    expect(servers.calls.filter(({ verb }) => ['auth can-i', 'api-resources'].includes(verb))).toEqual([]);
  });

  test('are refused when only one of the clusters has a record', async () => {
    const problems = await problemsIn(worldWith({ host: { members: both } }), swapped);
    expect(problems.map(({ problem }) => problem)).toEqual([
      `host: context member is the cluster ${member}, and the last apply was to ${host}, by the record in member`,
      `member: context host is host of demo, by the record in the cluster ${host}`,
    ]);
  });

  test('are refused even if a lock was made with exchanged contexts', async () => {
    const change = (step: Step): Step => lockedTo('host', member)(lockedTo('member', host)(step));
    expect(await problemsIn(worldWith(records), { ...swapped, change })).toHaveLength(2);
  });

  test('are refused when a member is another cluster than in the last apply', async () => {
    const before = [both[0] as (typeof both)[0], { name: 'member', uid: uidOf('lost') }];
    const world = worldWith({ host: { members: before } });
    expect(await problemsIn(world)).toEqual([
      {
        problem: `member: context member is the cluster ${member}, and the last apply was to ${uidOf('lost')}, by the record in host`,
        fix: 'name the right context: --context member=CONTEXT; if the cluster was made anew, record it with mesh-federation discover, and synth again',
      },
    ]);
    // The lock says that it was made anew.
    expect(await problemsIn(world, { change: lockedTo('member', member) })).toEqual([]);
  });
});

describe('the members of the last apply', () => {
  test('that the plan no longer has are named once, with the way to remove them', async () => {
    const members = [...both, { name: 'edge', uid: uidOf('edge') }];
    expect(await problemsIn(worldWith({ host: { members }, member: { members } }))).toEqual([
      {
        problem: `edge was in the last apply and is not in this plan: it keeps its objects and still receives calls (${uidOf('edge')})`,
        fix: 'put its block back with state: leaving, synth, mesh-federation apply, mesh-federation destroy --only edge; then delete the block',
      },
    ]);
  });

  test('are recognized under a new name', async () => {
    const members = [both[0] as (typeof both)[0], { name: 'former', uid: member }];
    expect(await problemsIn(worldWith({ host: { members }, member: { cluster: 'former', members } }))).toEqual([]);
  });

  test('refuses a leaving cluster that has left', async () => {
    const change = leaving('member');
    const world = worldWith({ host: { members: both } });
    expect(await problemsIn(world, { change })).toEqual([
      {
        problem:
          'member is leaving and holds nothing of demo any more: it has left, and this run would install Istio there again',
        fix: 'delete its block from the declaration',
      },
    ]);
    expect(await problemsIn(worldWith({ member: { members: both } }), { change })).toEqual([]);
  });
});

test('says that a cluster does not tell what it holds', async () => {
  const problems = await problemsIn(defaultWorld(), { records: () => new Map() });
  expect(problems.map(({ problem }) => problem)).toEqual([
    'cannot tell whether host holds anything of demo',
    'cannot tell whether member holds anything of demo',
  ]);
});

test('refuses a record that would not fit into its ConfigMap', async () => {
  const objects = Array.from({ length: 20_000 }, (_, index) => ({
    wave: '70-workloads',
    group: 'apps',
    kind: 'Deployment',
    namespace: 'sample',
    name: `a-service-with-a-name-of-its-own-${index}`,
  }));
  const own = { record: { ...emptyRecord, members: both, objects }, parts: [], namesCluster: true };
  const nothing = { own: null, others: [], unreadable: [] };
  const records = new Map<string, ClusterRecords>([
    ['host', { ...nothing, own }],
    ['member', nothing],
  ]);
  const problems = await problemsIn(defaultWorld(), { records: () => records });
  expect(problems.map(({ problem }) => problem)).toEqual([
    expect.stringMatching(/^host: its record would have 1\d{6} bytes, and a ConfigMap holds \d+$/),
  ]);
});
