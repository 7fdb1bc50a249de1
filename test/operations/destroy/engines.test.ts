import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ObjectReference } from '../../../operations/clusters/changes.ts';
import { readOutput } from '../../../operations/plan/output.ts';
import type { ClusterRecord } from '../../../operations/record/record.ts';
import { RemovalWorld } from '../removal/removal-world.ts';
import { destroyIn, output, recordOf, test, withPlan } from './destroy-run.ts';

const repository = 'https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts';
const wave = '05-federation-control-plane';
const install = (args: readonly string[]) => ({ wave, undo: 'kubefed-install-engine', path: null, args });
const join_ = (args: readonly string[]) => ({ wave, undo: 'kubefed-join', path: null, args });
const installation = install(['kubefed', '0.10.0', repository, 'quay.io/kubernetes-multicluster/kubefed:v0.10.0']);
const ofKubefed = (group: string, kind: string, name: string): ObjectReference => ({
  group,
  kind,
  namespace: 'kube-federation-system',
  name,
});
const created = [
  ofKubefed('apps', 'Deployment', 'kubefed-controller-manager'),
  ofKubefed('core.kubefed.io', 'KubeFedCluster', 'second.example'),
];

const chart = `---
apiVersion: v1
kind: Secret
metadata: {name: kubefed-webhook, namespace: kube-federation-system}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kubefed-controller-manager, namespace: kube-federation-system}
---
apiVersion: core.kubefed.io/v1beta1
kind: KubeFedConfig
metadata: {name: kubefed}
`;

function installedIn(world: RemovalWorld, record: Partial<ClusterRecord> = {}): void {
  const own = recordOf('host');
  const commands = [...own.commands, installation, join_(['member', 'second.example', ''])];
  world.record('host', { ...own, created: [...own.created, ...created], commands, ...record });
  const later = (kind: string, name: string) => ofKubefed('core.kubefed.io', kind, name);
  world.apply('host', [
    ...created,
    later('KubeFedConfig', 'kubefed'),
    later('FederatedTypeConfig', 'configmaps'),
    ofKubefed('', 'Secret', 'kubefed-webhook'),
  ]);
  world.tools.helm = ({ args }) => (args.includes('template') ? chart : '');
  world.tools.kubefedctl = ({ args }) => {
    if (args[0] === 'unjoin') world.remove('host', 'KubeFedCluster', args[1] ?? '', 'kube-federation-system');
    return '';
  };
  for (const name of ['host', 'member', 'second.example']) world.ready('host', name);
}

describe('KubeFed', () => {
  test('is removed if the plan installed it: first the members, its controller after the objects that wait for it', async ({
    world,
    destroy,
  }) => {
    installedIn(world);
    const { code, text } = await destroy();
    expect([code, text]).toEqual([0, expect.any(String)]);
    const { changes } = world;
    expect(changes).toContain(
      'kubefedctl unjoin second.example --cluster-context=member --host-cluster-context=host --host-cluster-name=host',
    );
    const place = (text: string): number => changes.findIndex((one) => one.includes(text));
    const order = [
      'kubefedctl',
      'federatedtypeconfigs/configmaps',
      'kubefedconfigs/kubefed',
      'secrets/kubefed-webhook',
      'delete namespaces/kube-federation-system',
    ];
    const places = order.map(place);
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(changes).toContain(
      `helm template kubefed kubefed --repo=${repository} --version=0.10.0 --namespace=kube-federation-system --no-hooks`,
    );
  });

  test('comes from a registry, too', async ({ world, destroy, plan }) => {
    const registry = 'oci://mirror.example/kubefed';
    installedIn(world, { commands: [install(['kubefed', '0.10.0', registry, 'x'])] });
    plan.current = withPlan(output.plan, 'host', 'install-engine', {
      engine: 'kubefed',
      installation: { chart: 'kubefed', version: '0.10.0', chartRepository: registry, image: 'x', pullSecrets: [] },
    });
    await destroy();
    expect(world.changes.join('\n')).toContain(`helm show crds ${registry}/kubefed --version=0.10.0`);
  });

  test('stays if it existed before, and so do the members that had joined it', async ({ world, destroy }) => {
    installedIn(world, { created: recordOf('host').created });
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('member had joined before');
    expect(text).toContain('KubeFed was there before');
    expect(
      world.changes.filter((one) => /^(helm|kubefedctl)|federatedtypeconfigs|kube-federation-system/.test(one)),
    ).toEqual([]);
  });

  test('stays while somebody else federates something', async ({ world, destroy }) => {
    installedIn(world);
    const metadata = { name: 'theirs', namespace: 'default' };
    world.add(
      'host',
      { apiVersion: 'types.kubefed.io/v1beta1', kind: 'FederatedConfigMap', metadata, spec: { a: 1 } },
      'kubectl',
    );
    const { code, text } = await destroy();
    expect(code).toBe(0);
    expect(text).toContain('left on host: KubeFed; somebody else federates federatedconfigmap.types.kubefed.io/theirs');
    expect(world.changes.filter((one) => /^(helm|kubefedctl)/.test(one))).toEqual([]);
  });

  test('no longer carries the CA; the copies stay until the end, and then go if they did not exist before', async ({
    world,
    destroy,
  }) => {
    const cacerts = { group: 'types.kubefed.io', kind: 'FederatedSecret', namespace: 'istio-system', name: 'cacerts' };
    const secret = { group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts' };
    world.apply('host', [cacerts, secret]);
    world.apply('member', [secret], 'kubefed');
    const own = recordOf('host');
    const carry = {
      wave: '15-federated-trust',
      undo: 'kubefed-federated-cacerts',
      path: null,
      args: ['host', 'member'],
    };
    world.record('host', { ...own, commands: [...own.commands, carry] });
    world.record('member', { ...recordOf('member'), created: [...recordOf('member').created, secret] });
    // The namespace of the CA was there before.
    world.add(
      'host',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'theirs', namespace: 'istio-system' },
        data: { a: 'b' },
      },
      'x',
    );
    const { code } = await destroy();
    expect(code).toBe(0);
    expect(
      world.calls.some(
        ({ input }) => input.includes('FederatedSecret') && input.includes('"kubefed.io/orphan":"true"'),
      ),
    ).toBe(true);
    expect(world.has('host', 'FederatedSecret', 'cacerts', 'istio-system')).toBe(false);
    expect(world.has('member', 'Secret', 'cacerts', 'istio-system')).toBe(false);
    expect(world.has('host', 'Secret', 'cacerts', 'istio-system')).toBe(true);
  });
});

const karmada = readOutput(join(import.meta.dirname, '../../golden/karmada'));
const names = ['federation', 'host', 'member'];

// A world in which an output for Karmada was applied to empty clusters.
function karmadaWorld(): RemovalWorld {
  const world = new RemovalWorld(names);
  for (const name of names) {
    const record = recordOf(name, karmada);
    const isNamespace = ({ kind }: ObjectReference): boolean => kind === 'Namespace';
    world.apply(name, record.objects.filter(isNamespace));
    for (const one of record.created.filter(isNamespace))
      if (!world.has(name, 'Namespace', one.name)) world.bringNamespace(name, one.name, 'karmada.io/managed');
    world.apply(
      name,
      record.objects.filter((one) => !isNamespace(one)),
    );
    world.record(name, record);
  }
  return world;
}

describe('Karmada', () => {
  const options = { typedName: karmada.plan.federation, contexts: new Map(names.map((name) => [name, name])) };

  test('loses the templates, their policies, the namespace, and last the policy that keeps its copies', async () => {
    const world = karmadaWorld();
    expect(await destroyIn(world, karmada.plan, options)).toMatchObject({ code: 0 });
    const deletions = world.changes.filter((one) => one.startsWith('federation delete'));
    const order = [
      'deployments/helloworld',
      'propagationpolicys/',
      'namespaces/sample',
      'clusterpropagationpolicys/',
      'configmaps/mesh-federation',
    ];
    const places = order.map((one) => deletions.findIndex((change) => change.includes(one)));
    expect(places, deletions.join('\n')).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const name of ['host', 'member']) expect(world.has(name, 'Namespace', 'sample')).toBe(false);
  });

  test('is waited for until it has deleted the copies', async () => {
    const world = karmadaWorld();
    const labels = { 'karmada.io/managed': 'true' };
    const metadata = { name: 'helloworld', namespace: 'sample', labels };
    world.add('member', { apiVersion: 'apps/v1', kind: 'Deployment', metadata }, 'karmada');
    const { code, text } = await destroyIn(world, karmada.plan, options);
    expect(code).toBe(4);
    expect(text).toContain('Karmada has not deleted everything in member: deployment.apps/helloworld');
    expect(world.has('federation', 'Namespace', 'sample')).toBe(true);
    world.remove('member', 'Deployment', 'helloworld', 'sample');
    expect(await destroyIn(world, karmada.plan, options)).toMatchObject({ code: 0 });
  });

  test('keeps a namespace of a member that it has not brought', async () => {
    const world = karmadaWorld();
    world.remove('member', 'Namespace', 'sample');
    const metadata = { name: 'sample', labels: { theirs: 'true' } };
    world.add('member', { apiVersion: 'v1', kind: 'Namespace', metadata }, 'kubectl');
    await destroyIn(world, karmada.plan, options);
    expect(world.has('member', 'Namespace', 'sample')).toBe(true);
    expect(world.has('host', 'Namespace', 'sample')).toBe(false);
  });
});
