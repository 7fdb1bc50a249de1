import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { versionOf } from '../../build/chosen.ts';
import { moduleFile, program } from '../../build/go.ts';
import { kubectl as kubectlAt, placeOf } from '../../clusters/place.ts';
import { type Cluster, environment } from '../../environment.ts';
import { apply, find, get, kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import { untilEstablished } from '../../machine/established.ts';
import { run } from '../../machine/run.ts';
import { startReady } from '../../machine/servers.ts';
import { say, until } from '../../machine/wait.ts';
import { cluster as clusterRow } from '../../tables/clusters.ts';

/** A cluster, and the name under which it joins. */
export interface Member {
  readonly name: string;
  readonly cluster: Cluster;
}

// These only reduce waiting: a single controller elects itself, checks its clusters more often, and does several things
// at once.
const QUICK = [
  'controller.replicaCount=1',
  'leaderElectRetryPeriod=1s',
  'clusterHealthCheckPeriod=3s',
  'clusterHealthCheckTimeout=2s',
  'syncController.maxConcurrentReconciles=4',
];

const NAMESPACE = 'kube-federation-system';

/** KubeFed's CRDs, as its chart has them. */
export function kubefedCrds(): string[] {
  const chart = moduleFile('kubefed', 'charts/kubefed');
  return [join(chart, 'crds/crds.yaml'), join(chart, 'charts/controllermanager/crds/crds.yaml')];
}

/** Installs KubeFed on the host and joins the members, unless an earlier suite of this run has done so. */
export async function ensureFederation(host: Cluster, members: readonly Member[]): Promise<void> {
  if ((await find(host, ['configmap/e2e-federation', '--namespace=default'])) === undefined) {
    await installKubefed(host);
    await apply(
      host,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'e2e-federation', namespace: 'default' },
      }),
    );
  }
  for (const member of members) await ensureJoined(host, member);
}

async function installKubefed(host: Cluster): Promise<void> {
  say(`installing KubeFed ${versionOf('kubefed')}`);
  for (const file of kubefedCrds()) {
    await kubectl(host, ['apply', '--server-side', `--filename=${file}`]);
    await untilEstablished((words) => kubectl(host, words), [`--filename=${file}`]);
  }
  await apply(host, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }));
  const { settings, control, controller } = await renderChart();
  if (environment().form === 'light') {
    await apply(host, settings, [`--namespace=${NAMESPACE}`]);
    await startController(host);
    return;
  }
  // The chart in parts. Its webhook validates its settings, so the webhook must serve before they arrive. Its
  // controller ends if it finds no settings, and restarts with growing delays.
  await apply(host, control);
  await rolledOut(host, NAMESPACE, 'kubefed-admission-webhook');
  await until('the webhook answers', 60, () => apply(host, settings, [`--namespace=${NAMESPACE}`, '--dry-run=server']));
  await apply(host, settings, [`--namespace=${NAMESPACE}`]);
  await apply(host, controller);
  await rolledOut(host, NAMESPACE, 'kubefed-controller-manager');
}

// Rendered, not installed, and only once: every rendering makes a new CA, and Helm 4 cannot order the two parts.
async function renderChart(): Promise<{ settings: string; control: string; controller: string }> {
  const tags = ['controller', 'webhook'].map((part) => `${part}.tag=${versionOf('kubefed')}`);
  const values = [...tags, ...QUICK].flatMap((value) => ['--set', `controllermanager.${value}`]);
  const chart = moduleFile('kubefed', 'charts/kubefed');
  const text = await run([
    program('helm', 'helm'),
    'template',
    'kubefed',
    chart,
    '--namespace',
    NAMESPACE,
    '--no-hooks',
    ...values,
  ]);
  const documents = parseAllDocuments(text).filter((one) => one.contents !== null);
  const partOf = (one: (typeof documents)[number]) => {
    if (String(one.get('apiVersion')).startsWith('core.kubefed.io/')) return 'settings';
    const name = one.getIn(['metadata', 'name']);
    return one.get('kind') === 'Deployment' && name === 'kubefed-controller-manager' ? 'controller' : 'control';
  };
  const part = (name: string) =>
    documents
      .filter((one) => partOf(one) === name)
      .map(String)
      .join('---\n');
  return { settings: part('settings'), control: part('control'), controller: part('controller') };
}

// Without nodes there are no pods: the controller runs beside the API server, and the webhook does not run.
async function startController(host: Cluster): Promise<void> {
  const place = placeOf(clusterRow(host.name));
  const flags = [`--kubeconfig=${place.kubeconfig}`, `--kubefed-namespace=${NAMESPACE}`];
  await startReady({
    cluster: host.name,
    program: 'kubefed-controller',
    command: [...place.inNetwork, program('kubefed', 'hyperfed'), 'controller-manager', ...flags],
    env: {},
    log: join(place.directory, 'logs', 'kubefed-controller.log'),
    isReady: async () =>
      (await kubectlAt(place, ['get', 'kubefedconfig', 'kubefed', `--namespace=${NAMESPACE}`])) !== '',
  });
}

async function ensureJoined(host: Cluster, { name, cluster }: Member): Promise<void> {
  const object = [`kubefedcluster/${name}`, `--namespace=${NAMESPACE}`];
  if ((await find(host, object)) === undefined) {
    const contexts = ['--cluster-context', cluster.context, '--host-cluster-context', host.context];
    await run([
      program('kubefed', 'hyperfed'),
      'kubefedctl',
      'join',
      name,
      ...contexts,
      '--kubeconfig',
      host.kubeconfig,
    ]);
    if (cluster.api !== undefined) {
      const patch = JSON.stringify({ spec: { apiEndpoint: cluster.api } });
      await kubectl(host, ['patch', ...object, '--type=merge', '--patch', patch]);
    }
  }
  await until(`${name} is Ready in the federation`, 90, async () => {
    const registered = await get<{ status?: { conditions?: { type: string; status: string; message?: string }[] } }>(
      host,
      object,
    );
    const conditions = registered.status?.conditions ?? [];
    if (conditions.some((one) => one.type === 'Ready' && one.status === 'True')) return true;
    throw new Error(JSON.stringify(conditions));
  });
}
