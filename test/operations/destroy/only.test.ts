import { describe, expect } from 'vitest';
import { recordOf, test } from './destroy-run.ts';

const members = [
  { name: 'host', uid: '' },
  { name: 'member', uid: '' },
];

describe('--only', () => {
  test('removes one member, and the other clusters stop reading it and forget it', async ({ world, destroy }) => {
    const uids = await world.reach();
    const known = members.map(({ name }) => ({ name, uid: uids.get(name)?.uid ?? '' }));
    world.record('host', { ...recordOf('host'), members: known });
    world.freeNamespace('member', 'sample');
    const { code, text } = await destroy({ only: ['member'] });
    expect([code, text]).toEqual([0, expect.any(String)]);
    const deletions = world.changes.filter((one) => one.startsWith('host delete') && !one.includes('leases'));
    expect(deletions).toEqual(['host delete istio-system/secrets/istio-remote-secret-member']);
    expect(world.changes).toContain('member delete kube-system/configmaps/mesh-federation-demo');
    expect(world.changes.join('\n')).toContain('istioctl uninstall --context=member');
    const data = world.recordData('host');
    expect(data['clusters.tsv']).toBe(`host\t${known[0]?.uid}\n`);
    expect(data['commands.tsv']).not.toContain('remote-secret');
    expect(data['objects.tsv']).toContain('sleep');
  });

  test('refuses a cluster that delivers workloads, and one that still receives them', async ({ world, destroy }) => {
    const host = await destroy({ only: ['host'] });
    expect([host.code, host.text]).toEqual([
      1,
      expect.stringContaining('host delivers workloads to the other clusters'),
    ]);
    const member = await destroy({ only: ['member'] });
    expect([member.code, member.text]).toEqual([
      1,
      expect.stringContaining('an engine still delivers namespace sample to it'),
    ]);
    expect(world.changes).toEqual([]);
  });

  test('removes a member that the plan no longer names', async ({ world, destroy, plan }) => {
    world.freeNamespace('member', 'sample');
    plan.current = { ...plan.current, steps: plan.current.steps.filter(({ target }) => target.name !== 'member') };
    const lost = await destroy({ only: ['member'] });
    expect(lost.code).toContain('the plan has no cluster member');
    const { code } = await destroy({ only: ['member'], contexts: new Map([['member', 'member']]) });
    expect(code).toBe(0);
    expect(world.changes).toContain('host delete istio-system/secrets/istio-remote-secret-member');
    expect(world.changes).toContain('member delete kube-system/configmaps/mesh-federation-demo');
  });

  test('takes only the member that leaves out of KubeFed', async ({ world, destroy }) => {
    const own = recordOf('host');
    const join = (name: string) => ({
      wave: '05-federation-control-plane',
      undo: 'kubefed-join',
      path: null,
      args: [name, name, ''],
    });
    const registration = (name: string) => ({
      group: 'core.kubefed.io',
      kind: 'KubeFedCluster',
      namespace: 'kube-federation-system',
      name,
    });
    const created = [...own.created, registration('host'), registration('member')];
    world.record('host', { ...own, created, commands: [...own.commands, join('host'), join('member')] });
    world.freeNamespace('member', 'sample');
    expect(await destroy({ only: ['member'] })).toMatchObject({ code: 0 });
    expect(world.changes.filter((one) => one.startsWith('kubefedctl'))).toEqual([
      'kubefedctl unjoin member --cluster-context=member --host-cluster-context=host --host-cluster-name=host',
    ]);
  });
});

describe('releases of helm', () => {
  const release = (name: string, chart: string) => ({
    wave: '20-control-plane',
    undo: 'helm-upgrade',
    path: `${name}.yaml`,
    args: [name, 'istio-system', chart, '1.31.4', 'https://charts.example'],
  });

  test('are uninstalled, the last one first', async ({ world, destroy }) => {
    world.record('host', {
      ...recordOf('host'),
      commands: [release('istio-base', 'base'), release('istiod', 'istiod')],
    });
    expect(await destroy()).toMatchObject({ code: 0 });
    expect(world.changes.filter((one) => one.startsWith('helm')).map((one) => one.split(' ')[2])).toEqual([
      'istiod',
      'istio-base',
    ]);
    expect(world.changes.join('\n')).toContain('helm uninstall istiod --namespace=istio-system --kube-context=host');
  });

  test('that we cannot have installed stay', async ({ world, destroy }) => {
    const prometheus = {
      ...release('prometheus', 'prometheus'),
      args: ['prometheus', 'monitoring', 'prometheus', '1', 'x'],
    };
    world.record('host', { ...recordOf('host'), commands: [prometheus] });
    const { text } = await destroy();
    expect(text).toContain('left on host: helm-upgrade of wave 20-control-plane');
    expect(world.changes.filter((one) => one.startsWith('helm'))).toEqual([]);
  });
});
