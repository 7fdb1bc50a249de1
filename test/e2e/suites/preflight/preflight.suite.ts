import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment, type Synthesized } from '../../environment.ts';
import { startApiServer, stopApiServer } from '../../kubernetes/faults.ts';
import { type Identity, makeIdentity } from '../../kubernetes/identity.ts';
import { apply, find, get, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { copyOf, editSteps } from '../../product/edited-output.ts';
import { tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf, federationNameOf } from '../../product/output.ts';
import { ensureFederation } from '../federation/kubefed.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');
const istio = '--namespace=istio-system';

const PROBLEMS = /^error: \d+ problems?, nothing was changed$/m;

/** The messages of apply before it ends in the preflight. */
async function refusal(options: readonly string[] = [], what: Synthesized = output as Synthesized): Promise<string> {
  const { status, stderr } = await tryOperation(what, options);
  expect(stderr).toMatch(PROBLEMS);
  expect(status).toBe(1);
  return stderr;
}

describe('without KubeFed', () => {
  test('it names kinds that no step brings, clusters that have not joined, and the free capacity of the host', async () => {
    const stderr = await refusal();
    expect(stderr).toContain(
      'host does not serve what 05-federation-control-plane applies, and no step before it brings it: FederatedTypeConfig of core.kubefed.io',
    );
    expect(stderr).toContain('host does not serve KubeFedCluster: host, member have not joined KubeFed');
    expect(stderr).toContain('warning: host: its Ready nodes have 0.0 cores and 0.0 GiB for pods');
    // It also does not name kinds that Kubernetes itself serves, or that istioctl and the plan bring.
    expect(stderr).not.toMatch(/Deployment|Promotion|istio\.io|no permission/);
    for (const cluster of clusters) expect(await find(cluster, ['namespace/istio-system'])).toBeUndefined();
  });
});

describe('with an identity that has some of the rights', () => {
  let somebody: Identity;
  beforeAll(async () => {
    const every = ['get', 'create', 'patch'];
    somebody = await makeIdentity(member, 'somebody', [
      { apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'update'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get'] },
      { apiGroups: [''], resources: ['namespaces', 'configmaps', 'services', 'serviceaccounts'], verbs: every },
      { apiGroups: ['apps', 'autoscaling', 'policy'], resources: ['*'], verbs: every },
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['patch'] },
    ]);
  });
  afterAll(() => somebody.forget());

  test('it names what is missing, and nothing else', async () => {
    const words = ['--only', 'member', '--context', `member=${somebody.context}`];
    const { stderr } = await tryOperation(output, words, { kubeconfigs: [somebody.kubeconfig] });
    const missing = stderr.split('\n').filter((line) => line.startsWith('      '));
    const both = (resource: string) => ['create', 'patch'].map((verb) => `      ${verb} ${resource}`);
    expect(missing.sort()).toEqual(
      [
        ...both('clusterrolebindings.rbac.authorization.k8s.io'),
        ...both('clusterroles.rbac.authorization.k8s.io'),
        ...both('customresourcedefinitions.apiextensions.k8s.io'),
        ...both('mutatingwebhookconfigurations.admissionregistration.k8s.io'),
        ...both('validatingwebhookconfigurations.admissionregistration.k8s.io'),
        ...both('rolebindings.rbac.authorization.k8s.io in istio-system'),
        '      create roles.rbac.authorization.k8s.io in istio-system',
        ...['create', 'update', 'delete'].map((verb) => `      ${verb} leases.coordination.k8s.io in kube-system`),
      ].sort(),
    );
  });
});

describe('with KubeFed', () => {
  const registered = (name: string) => [`kubefedcluster/${name}`, '--namespace=kube-federation-system'];
  const joined = clustersOf(output).map((name) => ({
    name: federationNameOf(output, name),
    cluster: clusterFor(output, name),
  }));
  const endpointOf = async (name: string) =>
    (await get<{ spec: { apiEndpoint: string } }>(host, registered(name))).spec.apiEndpoint;
  const setEndpoint = (apiEndpoint: string) =>
    kubectl(host, [
      'patch',
      ...registered('member'),
      '--type=merge',
      '--patch',
      JSON.stringify({ spec: { apiEndpoint } }),
    ]);
  const untilReady = (wanted: boolean) =>
    until(`KubeFed ${wanted ? 'reaches' : 'has lost'} member`, 90, async () => {
      const { status } = await get<{ status?: { conditions?: { type: string; status: string }[] } }>(
        host,
        registered('member'),
      );
      const isReady = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
      return isReady === wanted ? true : undefined;
    });

  beforeAll(() => ensureFederation(host, joined), 180_000);

  test('the preflight passes', async () => {
    const { stderr } = await tryOperation(output, ['--dry-run']);
    expect(stderr).not.toMatch(PROBLEMS);
    expect(stderr).toContain('10-foundation  host  apply');
  });

  test('it names two clusters that are one API server', async () => {
    const endpoint = await endpointOf('member');
    await setEndpoint(await endpointOf('host'));
    expect(await refusal()).toContain('member and host are one API server for KubeFed, https://');
    await setEndpoint(endpoint);
    await untilReady(true);
  });

  test('it names a member that KubeFed does not reach', async () => {
    const endpoint = await endpointOf('member');
    await setEndpoint('https://127.0.0.1:1');
    await untilReady(false);
    expect(await refusal()).toMatch(/KubeFed does not reach member: its condition Ready is (unknown|False)$/m);
    await setEndpoint(endpoint);
    await untilReady(true);
  });

  test('it names a member whose API server is stopped, for both reasons', async () => {
    await stopApiServer(member);
    await untilReady(false);
    const stderr = await refusal();
    expect(stderr).toMatch(/KubeFed does not reach member: its condition Ready is (unknown|False)$/m);
    expect(stderr).toContain('member: context member does not answer: ');
    expect(await find(host, ['namespace/istio-system'])).toBeUndefined();
    await startApiServer(member);
    await untilReady(true);
  });
});

describe('with parts of the mesh present', () => {
  const expecting = copyOf(output, 'expecting');
  const gateway = 'istio-eastwestgateway';
  beforeAll(async () => {
    editSteps(expecting, (steps) =>
      steps.map((step) =>
        step.gate?.kind === 'gateway-address-known'
          ? { ...step, gate: { ...step.gate, expected: ['203.0.113.10'] } }
          : step,
      ),
    );
    await kubectl(host, ['create', 'namespace', 'istio-system']);
    for (const name of [gateway, 'istiod']) {
      const spec = { type: name === gateway ? 'LoadBalancer' : 'ClusterIP', ports: [{ port: 15443 }] };
      await apply(
        host,
        JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'istio-system' }, spec }),
      );
    }
  });

  test('it warns of a gateway without its address, and of a webhook that this run restores', async () => {
    const { stderr } = await tryOperation(expecting, ['--dry-run']);
    expect(stderr).toContain('warning: host: its gateway has no address, expected 203.0.113.10');
    expect(stderr).toContain(
      "warning: host: Istio's webhook istio-sidecar-injector is missing; 20-control-plane brings it back",
    );
    expect(stderr).not.toMatch(PROBLEMS);
  });

  test('it names a gateway whose address changed, and a webhook that no step restores', async () => {
    const patch = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip: '203.0.113.99' }] } } });
    await kubectl(host, [
      'patch',
      `service/${gateway}`,
      istio,
      '--subresource=status',
      '--type=merge',
      '--patch',
      patch,
    ]);
    const stderr = await refusal(['--from', '90-verify'], expecting);
    expect(stderr).toContain('host: the address of its gateway is 203.0.113.99, expected 203.0.113.10');
    expect(stderr).toContain(
      "host: Istio's webhook istio-sidecar-injector is missing, and pods would start without sidecars",
    );
  });
});
