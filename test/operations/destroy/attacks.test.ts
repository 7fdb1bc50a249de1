import { describe, expect } from 'vitest';
import type { ObjectReference } from '../../../operations/clusters/changes.ts';
import type { ClusterRecord, RecordedCommand } from '../../../operations/record/record.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import type { RemovalWorld } from '../removal/removal-world.ts';
import { appliedWorld, destroyIn, output, recordOf, test, withPlan } from './destroy-run.ts';

const wave = '70-workloads';
const foundation = '05-federation-control-plane';
const object = (group: string, kind: string, namespace: string | null, name: string) => ({
  wave,
  group,
  kind,
  namespace,
  name,
});

/** Adds rows to a record, as somebody may who can write ConfigMaps of kube-system. */
function forge(world: RemovalWorld, cluster: string, more: Partial<ClusterRecord>): void {
  const own = recordOf(cluster);
  world.record(cluster, {
    ...own,
    objects: [...own.objects, ...(more.objects ?? [])],
    commands: [...own.commands, ...(more.commands ?? [])],
    created: [...own.created, ...(more.created ?? [])],
  });
}

const command = (undo: string, args: readonly string[], of = foundation): RecordedCommand => ({
  wave: of,
  undo,
  path: null,
  args,
});
const tools = (world: RemovalWorld): readonly string[] => world.changes.filter((one) => /^(helm|kubefedctl)/.test(one));
const ofKubefed = (group: string, kind: string, name: string): ObjectReference => ({
  group,
  kind,
  namespace: 'kube-federation-system',
  name,
});

describe('a forged record', () => {
  test.each([
    ['a kind that is an option', `${wave}\tapps\t--context=member\tsample\thost`],
    ['a name that is an option', `${wave}\tapps\tDeployment\tsample\t--all`],
    ['a name that a shell would run', `${wave}\tapps\tDeployment\tsample\t$(touch x)`],
    ['a name that a terminal would obey', `${wave}\tapps\tDeployment\tsample\t\u001b[2J`],
    ['a row that is too long', `${wave}\tapps\tDeployment\tsample\ta\tb`],
  ])('with %s is not obeyed, not even in part', async (_, row) => {
    const { world, destroy } = context();
    const metadata = { name: 'mesh-federation-demo', namespace: 'kube-system' };
    world.add('member', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'objects.tsv': row } });
    const { code, text } = await destroy();
    expect(code).toBe(1);
    expect(text).toContain(
      'member: ConfigMap mesh-federation-demo of kube-system looks like a record and cannot be read',
    );
    expect(text).not.toContain('touch x');
    expect(text).not.toContain('\u001b');
    expect(world.changes).toEqual([]);
  });

  test('deletes nothing that we have not applied, and no kind by another name', async ({ world, destroy }) => {
    world.add(
      'member',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bank', namespace: 'default' }, data: {} },
      'kubectl',
    );
    world.add(
      'member',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'labelled', namespace: 'default', labels: { a: 'b' } } },
      'kubectl',
    );
    const victims = [object('', 'Secret', 'default', 'bank'), object('', 'Secret', 'default', 'labelled')];
    const shorts = [
      object('', 'ns', null, 'default'),
      object('', 'Secrets', 'default', 'bank'),
      object('apps', 'Secret', 'default', 'bank'),
    ];
    forge(world, 'member', { objects: [...victims, ...shorts] });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on member: secret/labelled; the cluster does not remember that we applied it');
    for (const name of ['bank', 'labelled']) expect(world.has('member', 'Secret', name, 'default')).toBe(true);
  });

  test('deletes no namespace of Kubernetes, and no record of anybody', async ({ world, destroy }) => {
    const namespace = (name: string) => ({ group: '', kind: 'Namespace', namespace: null, name });
    forge(world, 'member', {
      created: ['kube-system', 'default', 'kube-public'].map(namespace),
      objects: [object('', 'ConfigMap', 'kube-system', 'mesh-federation-demo')],
    });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on member: namespace/default; it belongs to Kubernetes');
    expect(text).toContain('left on member: configmap/mesh-federation-demo; no record may list it');
    for (const name of ['kube-system', 'default']) expect(world.has('member', 'Namespace', name)).toBe(true);
  });

  test('deletes no empty namespace, no CA and no kinds of somebody else', async ({ world, destroy, plan }) => {
    const namespace = { group: '', kind: 'Namespace', namespace: null, name: 'victim' };
    const secret = { group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts' };
    const gateways = 'gateways.networking.istio.io';
    world.bringNamespace('member', 'victim', 'theirs');
    world.apply('member', [secret], 'kubectl');
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    world.add('member', { ...definition, metadata: { name: gateways, labels: { a: 'b' } } }, 'helm');
    forge(world, 'member', { created: [namespace, secret] });
    world.remove('member', 'Namespace', 'istio-system');
    world.bringNamespace('member', 'istio-system', 'theirs');
    plan.current = { ...plan.current, steps: plan.current.steps.filter(({ action }) => action !== 'istioctl-install') };
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on member: namespace/victim; the cluster does not remember that we applied it');
    expect(world.has('member', 'Namespace', 'victim')).toBe(true);
    expect(world.has('member', 'Secret', 'cacerts', 'istio-system')).toBe(true);
    expect(world.has('member', 'CustomResourceDefinition', gateways)).toBe(true);
  });

  test('of a member takes nobody out of KubeFed, and removes no KubeFed', async ({ world, destroy }) => {
    const created = [
      ofKubefed('core.kubefed.io', 'KubeFedCluster', 'host'),
      ofKubefed('apps', 'Deployment', 'kubefed-controller-manager'),
    ];
    const repository = 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts';
    forge(world, 'member', {
      created,
      commands: [
        command('kubefed-join', ['host', 'host', '']),
        command('kubefed-install-engine', ['kubefed', '0.10.0', repository, 'x']),
        command('kubefed-federated-cacerts', ['host']),
      ],
    });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    for (const undo of ['kubefed-join', 'kubefed-install-engine', 'kubefed-federated-cacerts'])
      expect(text).toContain(`left on member: ${undo} of wave ${foundation}`);
    expect(tools(world)).toEqual([]);
  });

  test.each([
    [
      'an unknown repository',
      ['kubefed', '0.10.0', 'https://evil.example/charts', 'x'],
      'neither the plan nor this program knows its chart',
    ],
    [
      'another chart',
      ['evil', '0.10.0', 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts', 'x'],
      'knows its chart',
    ],
    [
      'a repository without TLS',
      ['kubefed', '0.10.0', 'http://mirror.example/charts', 'x'],
      'its chart would come without TLS',
    ],
    [
      'no version',
      ['kubefed', 'latest', 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts', 'x'],
      'the version of its chart is none',
    ],
  ])('with %s has no chart rendered', async (_, args, why) => {
    const { world, destroy } = context();
    const controller = ofKubefed('apps', 'Deployment', 'kubefed-controller-manager');
    world.apply('host', [controller]);
    forge(world, 'host', { created: [controller], commands: [command('kubefed-install-engine', args)] });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain(why);
    expect(tools(world)).toEqual([]);
    expect(world.has('host', 'Deployment', 'kubefed-controller-manager', 'kube-federation-system')).toBe(true);
  });

  test('renders no chart without TLS even if the plan names it, unless the user allows it', async ({
    world,
    destroy,
    plan,
  }) => {
    const controller = ofKubefed('apps', 'Deployment', 'kubefed-controller-manager');
    const args = ['kubefed', '0.10.0', 'http://mirror.example/charts', 'x'];
    world.apply('host', [controller]);
    forge(world, 'host', { created: [controller], commands: [command('kubefed-install-engine', args)] });
    const installation = { chart: 'kubefed', version: '0.10.0', chartRepository: args[2], image: 'x', pullSecrets: [] };
    plan.current = withPlan(output.plan, 'host', 'install-engine', { engine: 'kubefed', installation });
    expect(await destroy()).toMatchObject({
      code: 0,
      text: expect.stringContaining('its chart would come without TLS'),
    });
    expect(tools(world)).toEqual([]);
    // The record of the host has gone with the first run.
    forge(world, 'host', { created: [controller], commands: [command('kubefed-install-engine', args)] });
    expect(await destroy({ allowHttpCharts: true })).toMatchObject({ code: 0 });
    expect(tools(world).join()).toContain('--repo=http://mirror.example/charts');
  });

  test("uninstalls nobody's Istio of the same name", async ({ world, destroy, plan }) => {
    plan.current = { ...plan.current, steps: plan.current.steps.filter(({ action }) => action !== 'istioctl-install') };
    for (const cluster of ['host', 'member']) {
      world.remove(cluster, 'Namespace', 'istio-system');
      world.add(
        cluster,
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'istio-system', labels: { a: 'b' } } },
        'kubectl',
      );
    }
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('the plan does not install it, and its namespace is not ours');
    expect(world.changes.filter((one) => one.startsWith('istioctl'))).toEqual([]);
  });

  test('with a remote secret of another form deletes none', async ({ world, destroy }) => {
    forge(world, 'host', { commands: [command('remote-secret', ['member', '../../x'], '45-discovery')] });
    const { text } = await destroy();
    expect(text).toContain('its row in the record is not one that we write');
  });

  test('deletes no token that is none of the reader', async ({ world, destroy }) => {
    const name = 'istio-reader-service-account-istio-remote-secret-token';
    world.remove('member', 'Secret', name, 'istio-system');
    world.add(
      'member',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'Opaque',
        metadata: { name, namespace: 'istio-system' },
        data: { a: 'b' },
      },
      'x',
    );
    const { text } = await destroy();
    expect(text).toContain(`left on member: secret/${name}; it is no token of the reader`);
  });
});

describe('another federation in a cluster', () => {
  const shop = (objects: ClusterRecord['objects']): ClusterRecord => ({
    ...recordOf('member'),
    federation: 'shop',
    objects,
    created: [],
  });

  test('keeps Istio, the gateways and the secrets, and what it lists', async ({ world, destroy }) => {
    const sleep = { ...object('apps', 'Deployment', 'sample', 'sleep'), wave: '60-federation' };
    world.record('member', shop([sleep]));
    const { code, text } = await destroy();
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('left on member: deployment.apps/sleep; federation shop lists it, too'),
    ]);
    expect(text).toContain('left on member: istioctl-install of wave 40-remote (1.31.4 ');
    expect(text).toContain("left on member: Istio's CustomResourceDefinitions: federation shop uses Istio here");
    expect(world.changes.filter((one) => one.startsWith('istioctl'))).toEqual([
      'istioctl uninstall --context=host --filename=- --skip-confirmation',
    ]);
    const kept: readonly (readonly [string, string, string | null])[] = [
      ['Deployment', 'sleep', 'sample'],
      ['Deployment', 'istio-eastwestgateway', 'istio-system'],
      ['Secret', 'istio-reader-service-account-istio-remote-secret-token', 'istio-system'],
      ['Namespace', 'istio-system', null],
      ['Namespace', 'sample', null],
      ['ConfigMap', 'mesh-federation-shop', 'kube-system'],
    ];
    for (const [kind, name, namespace] of kept)
      expect([name, world.has('member', kind, name, namespace)]).toEqual([name, true]);
    expect(world.has('member', 'ConfigMap', 'mesh-federation-demo', 'kube-system')).toBe(false);
    expect(world.has('member', 'Service', 'sleep', 'sample')).toBe(false);
  });

  test('keeps KubeFed', async ({ world, destroy }) => {
    const created = [ofKubefed('apps', 'Deployment', 'kubefed-controller-manager')];
    const repository = 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts';
    world.apply('host', created);
    forge(world, 'host', {
      created,
      commands: [command('kubefed-install-engine', ['kubefed', '0.10.0', repository, 'x'])],
    });
    const theirs = {
      wave: '60-federation',
      group: 'types.kubefed.io',
      kind: 'FederatedConfigMap',
      namespace: 'shop',
      name: 'x',
    };
    world.record('host', { ...shop([theirs]), cluster: 'host' });
    const { text } = await destroy();
    expect(text).toContain('federation shop uses it');
    expect(tools(world)).toEqual([]);
  });

  test('whose record cannot be read stops everything', async ({ world, destroy }) => {
    const labels = { 'app.kubernetes.io/managed-by': 'mesh-federation', 'mesh-federation.io/federation': 'shop' };
    const metadata = { name: 'mesh-federation-shop', namespace: 'kube-system', labels };
    world.add('member', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'objects.tsv': 'broken' } });
    const { code, text } = await destroy();
    expect([code, text]).toEqual([1, expect.stringContaining('it is unknown what belongs to whom')]);
    expect(world.changes).toEqual([]);
  });
});

describe('two at once', () => {
  test('one of them is refused while the other renews its Lease', async ({ world, destroy }) => {
    const lease = (at: number) => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'mesh-federation', namespace: 'kube-system' },
      spec: { holderIdentity: 'somebody', leaseDurationSeconds: 60, acquireTime: `2026-01-01T00:00:0${at}.000000Z` },
    });
    world.add('host', lease(0), 'other');
    const stop = makeStop();
    const hurried = { ...stop, sleep: async () => void world.add('host', lease(1), 'other') };
    const { code, text } = await destroy({ stop: hurried });
    expect([code, text]).toEqual([5, expect.stringContaining('somebody works on this cluster')]);
    expect(world.changes.filter((one) => one.includes('delete') && !one.includes('leases'))).toEqual([]);
  });

  test('nothing is deleted if a record has changed since it was listed', async ({ world, destroy }) => {
    const askForName = async (name: string): Promise<string> => {
      forge(world, 'member', { objects: [object('apps', 'Deployment', 'sample', 'new')] });
      return name;
    };
    const { code, text } = await destroy({ typedName: null, askForName });
    expect([code, text]).toEqual([5, expect.stringContaining('somebody else has worked on member meanwhile')]);
    expect(world.changes.filter((one) => one.includes('delete') && !one.includes('leases'))).toEqual([]);
  });

  test('no Lease is taken to list', async ({ world, destroy }) => {
    await destroy({ isDryRun: true });
    expect(world.calls.filter(({ input }) => input.includes('Lease'))).toEqual([]);
  });
});

// For tests of a table, which get no fixtures.
function context() {
  const world = appliedWorld();
  return { world, destroy: () => destroyIn(world, output.plan, {}) };
}
