import { describe, expect } from 'vitest';
import { output, recordOf, test } from './destroy-run.ts';

const at = (changes: readonly string[], change: string): number => {
  const found = changes.findIndex((one) => one.includes(change));
  if (found < 0) throw new Error(`not there: ${change} in\n${changes.join('\n')}`);
  return found;
};

describe('destroy', () => {
  test('deletes the last wave first: workloads, gateways, remote secrets, Istio; then other created objects and the record', async ({
    world,
    destroy,
  }) => {
    const { code, text } = await destroy();
    expect(text).toContain('done in ');
    expect(code).toBe(0);
    const { changes } = world;
    const order = [
      'member delete sample/deployments/sleep',
      'host delete sample/federateddeployments/helloworld',
      'host delete sample/federatednamespaces/sample',
      'member delete istio-system/poddisruptionbudgets/istio-eastwestgateway',
      'host delete istio-system/secrets/istio-remote-secret-member',
      'member delete istio-system/secrets/istio-reader-service-account-istio-remote-secret-token',
      'istioctl uninstall --context=member',
      'host delete istio-system/virtualservices/istiod-vs',
      'istioctl uninstall --context=host',
      'member delete namespaces/sample',
      'member delete kube-system/configmaps/mesh-federation-demo',
    ];
    const places = order.map((one) => at(changes, one));
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    expect(at(changes, 'istioctl uninstall --context=host')).toBeLessThan(
      at(changes, 'host delete kube-system/configmaps/mesh-federation-demo'),
    );
  });

  test('deletes every object of objects.tsv', async ({ world, destroy }) => {
    await destroy();
    for (const { cluster, kind, name, namespace } of output.objects)
      expect([cluster, kind, name, world.has(cluster, kind, name, namespace)]).toEqual([cluster, kind, name, false]);
    expect(world.has('member', 'Namespace', 'sample')).toBe(false);
  });

  test('names the context in every call to a server, and never switches it', async ({ world, destroy }) => {
    await destroy();
    const bare = world.calls.filter(
      ({ args }) =>
        !args.some((one) => /^--(kube-)?context=(host|member)$/.test(one)) && !/version|--help/.test(args.join(' ')),
    );
    expect(bare).toEqual([]);
    expect(world.calls.filter(({ args }) => /use-context|set-context|current-context/.test(args.join(' ')))).toEqual(
      [],
    );
  });
});

describe('namespaces', () => {
  test('of KubeFed go after the objects in them, and their copies stay', async ({ world, destroy }) => {
    await destroy();
    const { changes, calls } = world;
    const annotated = calls.findIndex(({ input }) => input.includes('"kubefed.io/orphan":"true"'));
    const deleted = calls.findIndex(({ args }) => args.join(' ').includes('federatednamespaces/sample'));
    expect(annotated).toBeGreaterThan(0);
    expect(annotated).toBeLessThan(deleted);
    expect(at(changes, 'federateddeployments')).toBeLessThan(at(changes, 'federatednamespaces'));
  });

  test('that existed before stay, without our labels', async ({ world, destroy }) => {
    const record = recordOf('member');
    const created = record.created.filter(({ name }) => name !== 'istio-system');
    world.record('member', { ...record, created });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('namespace/istio-system was there before: it stays, without our labels');
    expect(world.has('member', 'Namespace', 'istio-system')).toBe(true);
    expect(world.labelsOf('member', 'istio-system')).not.toHaveProperty('app');
    expect(world.has('member', 'Namespace', 'sample')).toBe(false);
  });

  test("with somebody else's objects stay, and these are named", async ({ world, destroy }) => {
    world.add('host', theirs('sample'), 'kubectl');
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on host: namespace/sample; somebody else has objects in it: ConfigMap theirs');
    expect(world.has('host', 'Namespace', 'sample')).toBe(true);
    expect(world.has('host', 'Namespace', 'istio-system')).toBe(false);
  });

  test('are not taken for empty if a request fails', async ({ world, destroy }) => {
    world.intercept = ({ args }) =>
      args.includes('get') && args.includes('--namespace=sample') && args.some((one) => one.startsWith('configmaps,'))
        ? busy
        : null;
    const { code, text } = await destroy();
    expect(code).toBe(1);
    expect(text).toContain('; run the same command to continue there');
    expect(world.has('host', 'Namespace', 'sample')).toBe(true);
    expect(world.has('member', 'ConfigMap', 'mesh-federation-demo', 'kube-system')).toBe(true);
  });

  test('are not taken for empty if a server does not list all of its kinds', async ({ world, destroy }) => {
    world.intercept = (call) => {
      if (!call.args.includes('api-resources') || !world.changes.join().includes('istioctl uninstall --context=host'))
        return null;
      return {
        kind: 'ended',
        exitCode: 1,
        stdout: 'namespaces ns v1 false Namespace get,list,delete\n',
        stderr: 'partial',
      };
    };
    const { code } = await destroy();
    expect(code).toBe(1);
    expect(world.has('host', 'Namespace', 'sample')).toBe(true);
  });

  test('of a member that the engine has not brought stay', async ({ world, destroy }) => {
    world.remove('member', 'Namespace', 'sample');
    world.add('member', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sample', labels: { a: 'b' } } }, 'x');
    expect((await destroy()).code).toBe(0);
    expect(world.has('member', 'Namespace', 'sample')).toBe(true);
  });

  test("with somebody else's federated objects stay everywhere", async ({ world, destroy }) => {
    world.add('host', federated('FederatedConfigMap', 'theirs'), 'kubectl');
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain(
      'left on host: federatednamespace.types.kubefed.io/sample; federatedconfigmap.types.kubefed.io/theirs',
    );
    expect(world.has('host', 'FederatedNamespace', 'sample', 'sample')).toBe(true);
    for (const cluster of ['host', 'member']) expect(world.has(cluster, 'Namespace', 'sample')).toBe(true);
  });
});

describe("Istio's kinds", () => {
  const define = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
  const gateways = { ...define, metadata: { name: 'gateways.networking.istio.io' } };

  test('go with Istio', async ({ world, destroy }) => {
    world.add('host', { ...gateways, metadata: { ...gateways.metadata, labels: { chart: 'istio' } } }, 'istioctl');
    await destroy();
    expect(world.has('host', 'CustomResourceDefinition', 'gateways.networking.istio.io')).toBe(false);
  });

  test('stay while there is an object of them, or another istiod', async ({ world, destroy }) => {
    for (const cluster of ['host', 'member']) world.add(cluster, gateways, 'istioctl');
    const gateway = { apiVersion: 'networking.istio.io/v1', kind: 'Gateway' };
    world.add('host', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'theirs' } }, 'kubectl');
    world.add('host', { ...gateway, metadata: { name: 'theirs', namespace: 'theirs' }, spec: { a: 1 } }, 'kubectl');
    const labels = { app: 'istiod' };
    world.add('member', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'theirs' } }, 'kubectl');
    world.add(
      'member',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'istiod', namespace: 'theirs', labels } },
      'x',
    );
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('somebody else has objects of these kinds: gateway.networking.istio.io/theirs');
    expect(text).toMatch(/left on member: .*another istiod/);
    for (const cluster of ['host', 'member'])
      expect(world.has(cluster, 'CustomResourceDefinition', 'gateways.networking.istio.io')).toBe(true);
  });

  test('go with what istiod has written, and nobody else has', async ({ world, destroy }) => {
    const written = { apiVersion: 'v1', kind: 'ConfigMap' };
    for (const name of ['istio-ca-root-cert', 'theirs'])
      world.add('host', { ...written, metadata: { name, namespace: 'default' }, data: { a: 'b' } }, 'istiod');
    for (const name of ['istio-leader', 'istio'])
      world.add('host', { ...written, metadata: { name, namespace: 'istio-system' }, data: { a: 'b' } }, 'istiod');
    await destroy();
    const left = (name: string, namespace: string): boolean => world.has('host', 'ConfigMap', name, namespace);
    expect(left('istio-ca-root-cert', 'default')).toBe(false);
    expect(left('theirs', 'default')).toBe(true);
    expect(left('istio-leader', 'istio-system')).toBe(false);
    expect(left('istio', 'istio-system')).toBe(true);
  });
});

describe('a record', () => {
  test('of the first version deletes no namespace, and the plan says what was installed', async ({
    world,
    destroy,
  }) => {
    for (const cluster of ['host', 'member']) {
      world.remove(cluster, 'ConfigMap', 'mesh-federation-demo', 'kube-system');
      const text = recordOf(cluster).objects.map(({ wave, group, kind, namespace, name }) =>
        [wave, group === '' ? '-' : group, kind, namespace ?? '-', name].join('\t'),
      );
      const metadata = { name: 'mesh-federation-demo', namespace: 'kube-system' };
      world.add(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'objects.tsv': text.join('\n') } });
    }
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on host: namespaces and CustomResourceDefinitions: its record does not say');
    expect(world.changes.filter((one) => one.startsWith('istioctl'))).toHaveLength(2);
    expect(world.changes.filter((one) => /delete (namespaces|customresource)|secrets\/cacerts/.test(one))).toEqual([]);
    expect(world.has('host', 'ConfigMap', 'mesh-federation-demo', 'kube-system')).toBe(false);
  });

  test('of apply.sh alone leaves namespaces, and goes with all of its parts', async ({ world, destroy }) => {
    for (const cluster of ['host', 'member']) {
      world.remove(cluster, 'ConfigMap', 'mesh-federation-demo', 'kube-system');
      const { objects, commands } = recordOf(cluster);
      const half = objects.length / 2;
      const bare = { ...recordOf(cluster), created: [] };
      world.record(
        cluster,
        { ...bare, commands: [], objects: objects.slice(half) },
        `mesh-federation-demo-${'a'.repeat(10)}`,
      );
      world.record(
        cluster,
        { ...bare, commands, objects: objects.slice(0, half) },
        `mesh-federation-demo-${'b'.repeat(10)}`,
      );
    }
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on member: namespaces and CustomResourceDefinitions');
    expect(world.has('host', 'Deployment', 'sleep', 'sample')).toBe(false);
    expect(world.has('host', 'Namespace', 'sample')).toBe(true);
    expect(
      world.server('host').entries.filter(({ object }) => object.metadata.name.startsWith('mesh-federation')),
    ).toEqual([]);
  });

  test('that no cluster has: nothing changes', async ({ world, destroy }) => {
    for (const cluster of ['host', 'member']) world.remove(cluster, 'ConfigMap', 'mesh-federation-demo', 'kube-system');
    const { code, text } = await destroy({ typedName: null });
    expect(code).toBe(0);
    expect(text).toContain('nothing of demo is recorded in any cluster');
    expect(world.changes).toEqual([]);
  });
});

describe('before the first deletion', () => {
  test('a dry run lists what would be deleted, and changes nothing', async ({ world, destroy }) => {
    const { code, text } = await destroy({ isDryRun: true, typedName: null });
    expect(code).toBe(0);
    const all = [
      'deployment.apps/sleep',
      'federatednamespace.types.kubefed.io/sample',
      'namespace/istio-system',
      'configmap/mesh-federation-demo',
    ];
    for (const one of all) expect(text).toContain(`${one} would be deleted`);
    expect(text).toContain('istioctl uninstalls Istio');
    expect(text).toMatch(/host: context host, https:\/\/host.example:6443, UID [0-9a-f-]{36}/);
    expect(text).toContain('the copies that its engine deletes in the other clusters');
    expect(text).toContain('nothing was changed');
    expect(world.changes).toEqual([]);
  });

  test('it stops if a context leads to another cluster', async ({ world, destroy, plan }) => {
    const swapped = new Map([
      ['host', 'member'],
      ['member', 'host'],
    ]);
    const { code, text } = await destroy({ contexts: swapped });
    expect(code).toBe(1);
    expect(text).toContain('host: context member is member of demo');
    const one = await destroy({ contexts: new Map([['host', 'member']]) });
    expect(one.text).toContain('are one cluster');
    expect(plan.current.federation).toBe('demo');
    expect(world.changes).toEqual([]);
  });

  test('it stops if the record of a cluster is that of another one', async ({ world, destroy }) => {
    world.record('member', { ...recordOf('member'), members: [{ name: 'member', uid: 'of-another' }] });
    const { code, text } = await destroy();
    expect([code, text]).toEqual([1, expect.stringContaining('member: its record is about the cluster of-another')]);
    expect(world.changes).toEqual([]);
  });

  test('it stops if KubeFed would wait forever, if a command cannot be undone, or if a tool is missing', async ({
    world,
    destroy,
  }) => {
    const status = { conditions: [{ type: 'Ready', status: 'False' }] };
    const metadata = { name: 'member', namespace: 'kube-federation-system' };
    world.add('host', { apiVersion: 'core.kubefed.io/v1beta1', kind: 'KubeFedCluster', metadata, status }, 'kubefed');
    const unknown = { wave: '20-control-plane', undo: 'helm-rollback', path: null, args: ['istiod'] };
    world.record('member', { ...recordOf('member'), commands: [unknown] });
    world.tools.istioctl = () => null;
    const { code, text } = await destroy();
    expect(code).toBe(1);
    expect(text).toContain('its engine does not reach member');
    expect(text).toContain('cannot undo helm-rollback');
    expect(text).toContain('istioctl is not on the PATH');
    expect(world.changes).toEqual([]);
  });

  test('it asks for the name of the federation', async ({ world, destroy }) => {
    expect((await destroy({ typedName: null })).code).toContain('add --yes demo');
    expect((await destroy({ typedName: 'dema' })).code).toContain('dema is not the name of this federation');
    expect((await destroy({ typedName: null, askForName: async () => '' })).code).toContain('is not the name');
    expect(world.changes).toEqual([]);
    expect((await destroy({ typedName: null, askForName: async (name) => name })).code).toBe(0);
  });
});

const busy = {
  kind: 'ended',
  exitCode: 1,
  stdout: '',
  stderr: 'the server is currently unable to handle the request',
} as const;
const theirs = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'theirs', namespace },
  data: { owner: 'they' },
});
const federated = (kind: string, name: string) => ({
  apiVersion: 'types.kubefed.io/v1beta1',
  kind,
  metadata: { name, namespace: 'sample' },
  spec: { placement: {} },
});
