import { describe, expect, test } from 'vitest';
import { ask } from '../../support/servers/ask.ts';
import { makeServers } from '../../support/servers/servers.ts';
import { defaultWorld, emptyClusters, installingWorld, karmadaWorld } from '../../support/servers/worlds/worlds.ts';

const apply = (context: string, path: string): string =>
  `kubectl --context=${context} apply --server-side --field-manager=mesh-federation --kustomize=${path}`;

describe('KubeFed', () => {
  const copy = 'kubectl --context=member -n sample get deployment helloworld --ignore-not-found --output=jsonpath=';

  test('makes copies where its object says, and deletes them with it', async () => {
    const { run } = defaultWorld();
    await ask(run, apply('host', 'dist/host/10-foundation'));
    expect(await ask(run, apply('host', 'dist/host/60-federation'))).toMatchObject({ code: 0 });
    expect((await ask(run, `${copy}{.metadata.labels.kubefed\\.io/managed}`)).out).toBe('true');
    const gone = 'kubectl --context=host -n sample delete federateddeployment helloworld --timeout=1s';
    expect(await ask(run, gone)).toMatchObject({ code: 0 });
    expect((await ask(run, `${copy}{.metadata.name}`)).out).toBe('');
  });

  test('keeps the copies of an object that orphans them', async () => {
    const { run } = defaultWorld();
    await ask(run, apply('host', 'dist/host/10-foundation'));
    await ask(run, apply('host', 'dist/host/60-federation'));
    const object = 'federateddeployment.types.kubefed.io/helloworld';
    await ask(run, `kubectl --context=host -n sample annotate ${object} kubefed.io/orphan=true`);
    await ask(run, `kubectl --context=host -n sample delete ${object} --timeout=1s`);
    expect((await ask(run, `${copy}{.metadata.name}={.metadata.labels}`)).out).toMatch(/^helloworld=(?!.*kubefed)/);
  });

  test('waits with a deletion for a cluster that does not go', async () => {
    const servers = defaultWorld();
    await ask(servers.run, apply('host', 'dist/host/10-foundation'));
    await ask(servers.run, apply('host', 'dist/host/60-federation'));
    servers.cluster('host').paused.add('kubefed');
    const gone = 'kubectl --context=host -n sample delete federateddeployment helloworld --timeout=1s';
    expect(await ask(servers.run, gone)).toMatchObject({ code: 1 });
  });
});

test('Karmada binds what a policy places, and deletes the copies of a deleted template', async () => {
  const { run } = karmadaWorld();
  const context = 'kubectl --context=karmada-apiserver';
  const object = (kind: string, apiVersion: string, name: string, more: object) => ({
    apiVersion,
    kind,
    metadata: { name, ...(kind.startsWith('Cluster') || kind === 'Namespace' ? {} : { namespace: 'sample' }) },
    ...more,
  });
  const placement = { clusterAffinity: { clusterNames: ['host', 'member'] } };
  const policyOf = (resource: object) => ({ spec: { resourceSelectors: [resource], placement } });
  const namespace = object('Namespace', 'v1', 'sample', {});
  const items = [
    namespace,
    object('ConfigMap', 'v1', 'a', { data: { key: '1' } }),
    object(
      'ClusterPropagationPolicy',
      'policy.karmada.io/v1alpha1',
      'n',
      policyOf({ apiVersion: 'v1', kind: 'Namespace', name: 'sample' }),
    ),
    object(
      'PropagationPolicy',
      'policy.karmada.io/v1alpha1',
      'c',
      policyOf({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }),
    ),
  ];
  for (const one of items) expect(await ask(run, `${context} create -f -`, one)).toMatchObject({ code: 0 });
  const binding = await ask(
    run,
    `${context} -n sample get resourcebinding a-configmap -o jsonpath={.status.conditions[?(@.type=="FullyApplied")].status}`,
  );
  expect(binding.out).toBe('True');
  const copy =
    'kubectl --context=member -n sample get configmap a --ignore-not-found -o jsonpath={.metadata.labels.karmada\\.io/managed}';
  expect((await ask(run, copy)).out).toBe('true');
  await ask(run, `${context} -n sample delete configmap a --timeout=1s`);
  expect((await ask(run, copy)).out).toBe('');
});

describe('helm', () => {
  const upgrade =
    'helm upgrade --install istio-base base --repo=https://example.com --version=1 --namespace=istio-system --kube-context=host';

  test('keeps revisions, and refuses while an operation is pending', async () => {
    const servers = emptyClusters(['host']);
    await ask(servers.run, 'kubectl --context=host create namespace istio-system');
    expect(await ask(servers.run, upgrade)).toMatchObject({ code: 0 });
    expect(await ask(servers.run, upgrade)).toMatchObject({ code: 0 });
    const secret = 'secret/sh.helm.release.v1.istio-base.v2';
    await ask(servers.run, `kubectl --context=host -n istio-system label ${secret} status=pending-upgrade --overwrite`);
    const refused = await ask(servers.run, upgrade);
    expect(refused.err).toBe('Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress\n');
    await ask(servers.run, 'helm rollback istio-base 1 --namespace=istio-system --kube-context=host');
    expect(await ask(servers.run, upgrade)).toMatchObject({ code: 0 });
  });
});

test('a cluster joins KubeFed at the address that others reach', async () => {
  const { run } = installingWorld();
  const chart = 'kubefed --repo=https://example.com --version=0.10.0';
  const apply = 'kubectl --context=host apply --server-side --force-conflicts -f -';
  await ask(run, 'kubectl --context=host create namespace kube-federation-system');
  await ask(run, apply, (await ask(run, `helm show crds ${chart}`)).out);
  const template = await ask(run, `helm template kubefed ${chart} --namespace=kube-federation-system --no-hooks`);
  await ask(run, apply, template.out);
  const join = 'kubefedctl join host --cluster-context=host --host-cluster-context=host --error-on-existing=false';
  expect(await ask(run, join)).toMatchObject({ code: 0 });
  const joined = 'kubectl --context=host -n kube-federation-system get kubefedclusters -o jsonpath=';
  const paths = '{.items[*].spec.apiEndpoint}={.items[*].status.conditions[*].type}';
  expect((await ask(run, joined + paths)).out).toBe('https://127.0.0.1:6443=Ready');
});

test('a load balancer gives an address when it can, and a Deployment becomes available when it can', async () => {
  const servers = makeServers({ host: { address: null, unavailable: ['default/d'] } });
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's' },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
  };
  const spec = {
    selector: { matchLabels: { app: 'd' } },
    template: { metadata: { labels: { app: 'd' } }, spec: { containers: [] } },
  };
  await ask(servers.run, 'kubectl --context=host create -f -', service);
  await ask(servers.run, 'kubectl --context=host create -f -', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec,
  });
  const address = 'kubectl --context=host get service s -o jsonpath={.status.loadBalancer.ingress[0].ip}';
  const rollout = 'kubectl --context=host rollout status deployment/d --timeout=1s';
  expect((await ask(servers.run, address)).out).toBe('');
  expect(await ask(servers.run, rollout)).toMatchObject({ code: 1 });
  const host = servers.cluster('host');
  Object.assign(host, { address: '203.0.113.9', unavailable: [] });
  servers.settle();
  expect((await ask(servers.run, address)).out).toBe('203.0.113.9');
  expect(await ask(servers.run, rollout)).toMatchObject({ code: 0 });
});
