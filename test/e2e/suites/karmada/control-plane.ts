import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleFile, program } from '../../build/go.ts';
import { certificateDirectory } from '../../clusters/federation.ts';
import { type Place, placeOf } from '../../clusters/place.ts';
import { type Cluster, environment } from '../../environment.ts';
import { apply, get, kubectl } from '../../kubernetes/kubectl.ts';
import { untilEstablished } from '../../machine/established.ts';
import { attempt, run } from '../../machine/run.ts';
import { startReady } from '../../machine/servers.ts';
import { say, until } from '../../machine/wait.ts';
import { FEDERATION } from '../../tables/clusters.ts';

/** A server of Karmada: its flags, and the address of its readiness check. */
interface KarmadaServer {
  readonly name: string;
  readonly ready: string;
  readonly flags: (place: Place) => readonly string[];
}

const AGGREGATED: KarmadaServer = {
  name: 'karmada-aggregated-apiserver',
  ready: 'https://localhost:443/readyz',
  flags: ({ directory, kubeconfig }) => [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--etcd-servers=http://127.0.0.1:2379',
    '--bind-address=127.0.0.1',
    '--secure-port=443',
    `--tls-cert-file=${certificateDirectory(directory)}/tls.crt`,
    `--tls-private-key-file=${certificateDirectory(directory)}/tls.key`,
  ],
};

const WEBHOOK: KarmadaServer = {
  name: 'karmada-webhook',
  ready: 'https://localhost:8443/readyz',
  flags: ({ directory, kubeconfig }) => [
    `--kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--secure-port=8443',
    `--cert-dir=${certificateDirectory(directory)}`,
    '--metrics-bind-address=0',
    '--health-probe-bind-address=127.0.0.1:8000',
  ],
};

const CONTROLLERS: readonly KarmadaServer[] = [
  {
    name: 'karmada-controller-manager',
    ready: 'http://127.0.0.1:10357/healthz',
    flags: ({ kubeconfig }) => [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--metrics-bind-address=0',
      '--health-probe-bind-address=127.0.0.1:10357',
      // Karmada notices within seconds that a new member is ready.
      '--cluster-status-update-frequency=2s',
    ],
  },
  {
    name: 'karmada-scheduler',
    ready: 'http://127.0.0.1:10351/healthz',
    flags: ({ kubeconfig }) => [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--metrics-bind-address=0',
      '--health-probe-bind-address=127.0.0.1:10351',
      '--enable-scheduler-estimator=false',
    ],
  },
];

/** Installs Karmada beside the federation's API server, including webhooks, and joins the members. */
export async function installKarmada(federation: Cluster, members: readonly Cluster[]): Promise<void> {
  if (environment().form === 'existing')
    throw new Error("Karmada needs clusters of this runner's own, not --existing ones");
  say('installing Karmada');
  const place = placeOf(FEDERATION);
  for (const name of ['karmada-system', 'karmada-cluster']) {
    await apply(federation, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  }
  const crds = moduleFile('karmada', 'charts/karmada/_crds/bases');
  await kubectl(federation, ['apply', '--server-side', '--recursive', `--filename=${crds}`]);
  await untilEstablished((words) => kubectl(federation, words), ['crd', '--all']);
  await Promise.all([AGGREGATED, WEBHOOK].map((server) => startServer(place, server)));
  for (const file of ['karmada-aggregated-apiserver-apiservice.yaml', 'webhook-configuration.yaml']) {
    await apply(federation, installable(place, file));
  }
  await kubectl(federation, ['wait', '--for=condition=Available', 'apiservice', '--all', '--timeout=60s']);
  await Promise.all(CONTROLLERS.map((server) => startServer(place, server)));
  for (const member of members) await joinMember(federation, member);
}

/** A manifest of Karmada, adapted to servers that listen on loopback and share a certificate. */
function installable({ directory }: Place, file: string): string {
  const certificate = readFileSync(join(certificateDirectory(directory), 'tls.crt')).toString('base64');
  return readFileSync(moduleFile('karmada', join('artifacts/deploy', file)), 'utf8')
    .replaceAll('{{caBundle}}', certificate)
    .replaceAll('https://karmada-webhook.karmada-system.svc:443', 'https://localhost:8443')
    .replaceAll(
      'externalName: karmada-aggregated-apiserver.karmada-system.svc.cluster.local',
      'externalName: localhost',
    );
}

async function startServer(place: Place, { name, ready, flags }: KarmadaServer): Promise<void> {
  const asks = [...place.inNetwork, 'curl', '--silent', '--insecure', '--fail', '--max-time', '3', ready];
  await startReady({
    cluster: place.row.name,
    program: name,
    command: [...place.inNetwork, program('karmada', name), ...flags(place)],
    env: {},
    log: join(place.directory, 'logs', `${name}.log`),
    isReady: async () => (await attempt(asks)).status === 0,
  });
}

async function joinMember(federation: Cluster, member: Cluster): Promise<void> {
  await run([
    program('karmada', 'karmadactl'),
    ...['join', member.name, '--kubeconfig', federation.kubeconfig, '--karmada-context', federation.context],
    ...['--cluster-kubeconfig', member.kubeconfig, '--cluster-context', member.context],
  ]);
  await until(`${member.name} is Ready in the federation`, 90, async () => {
    const { status } = await get<{ status?: { conditions?: { type: string; status: string }[] } }>(federation, [
      `cluster.cluster.karmada.io/${member.name}`,
    ]);
    if (status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True')) return true;
    throw new Error(JSON.stringify(status?.conditions));
  });
}
