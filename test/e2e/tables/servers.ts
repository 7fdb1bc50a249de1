import { program } from '../build/go.ts';
import { prepareAddresses } from '../clusters/addresses.ts';
import { prepareDns } from '../clusters/dns.ts';
import { aggregationFlags, makeCertificate, templateControllers } from '../clusters/federation.ts';
import { kubectl, type Place } from '../clusters/place.ts';
import { attempt } from '../machine/run.ts';
import { secondServices } from './clusters.ts';
import type { ModuleName } from './modules.ts';

/** A server of a cluster: its start command and its readiness check. */
export interface ServerRow {
  readonly name: string;
  /** The module that must be built for it. @default - Debian has it */
  readonly from?: ModuleName;
  /** Whether the light form, which has no nodes, also needs it. */
  readonly light: boolean;
  readonly command: (place: Place) => readonly string[];
  /** @default - none */
  readonly env?: (place: Place) => Readonly<Record<string, string>>;
  /** Objects and files that must exist before it starts. @default - nothing */
  readonly prepare?: (place: Place) => Promise<void>;
  readonly isReady: (place: Place) => Promise<boolean>;
}

const kubernetes = (name: string) => program('kubernetes', name);

/** THE table of servers, in the order in which they start. */
export const SERVERS: readonly ServerRow[] = [
  {
    name: 'etcd',
    light: true,
    command: ({ directory }) => [
      '/usr/bin/etcd',
      `--data-dir=${directory}/etcd`,
      '--listen-client-urls=http://127.0.0.1:2379',
      '--advertise-client-urls=http://127.0.0.1:2379',
      '--listen-peer-urls=http://127.0.0.1:2380',
      '--initial-advertise-peer-urls=http://127.0.0.1:2380',
      '--initial-cluster=default=http://127.0.0.1:2380',
      // The data of a run is removed at its end, so disk flushes are unnecessary.
      '--unsafe-no-fsync',
    ],
    isReady: (place) => answers(place, 'http://127.0.0.1:2379/health'),
  },
  {
    name: 'kube-apiserver',
    from: 'kubernetes',
    light: true,
    prepare: makeCertificate,
    command: ({ row, directory }) => [
      kubernetes('kube-apiserver'),
      '--etcd-servers=http://127.0.0.1:2379',
      `--bind-address=${row.address}`,
      // Also the address in the certificate, without which no remote secret can be verified.
      `--advertise-address=${row.address}`,
      '--secure-port=6443',
      `--cert-dir=${directory}/certificates`,
      // A declaration may request a Service with addresses of both families, also where no route leads to the second.
      `--service-cluster-ip-range=${row.services},${secondServices(row.index)}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--api-audiences=https://kubernetes.default.svc,istio-ca',
      `--service-account-key-file=${directory}/sa.pub`,
      `--service-account-signing-key-file=${directory}/sa.key`,
      `--token-auth-file=${directory}/tokens.csv`,
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP',
      ...(row.isFederation ? aggregationFlags(directory) : []),
    ],
    isReady: ({ row }) => answersOk(`https://${row.address}:6443/readyz`),
  },
  {
    name: 'kube-controller-manager',
    from: 'kubernetes',
    light: true,
    command: ({ row, directory, kubeconfig }) => [
      kubernetes('kube-controller-manager'),
      `--kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--service-account-private-key-file=${directory}/sa.key`,
      `--root-ca-file=${directory}/certificates/apiserver.crt`,
      '--leader-elect=false',
      '--use-service-account-credentials=true',
      '--authentication-skip-lookup=true',
      // A stopped node is noticed within seconds, since drills wait for that.
      '--node-monitor-grace-period=16s',
      ...(row.isFederation ? [`--controllers=${templateControllers}`] : []),
    ],
    isReady: (place) => answers(place, 'https://127.0.0.1:10257/healthz'),
  },
  {
    name: 'kube-scheduler',
    from: 'kubernetes',
    light: false,
    command: ({ kubeconfig }) => [
      kubernetes('kube-scheduler'),
      `--kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      '--leader-elect=false',
      '--authentication-skip-lookup=true',
    ],
    isReady: (place) => answers(place, 'https://127.0.0.1:10259/healthz'),
  },
  {
    name: 'containerd',
    light: false,
    command: ({ directory }) => ['/usr/bin/containerd', '--config', `${directory}/containerd.toml`],
    isReady: async ({ directory }) => {
      const socket = `${directory}/containerd.sock`;
      return (await attempt(['ctr', '--address', socket, '--connect-timeout', '2s', 'version'])).status === 0;
    },
  },
  {
    name: 'kubelet',
    from: 'kubernetes',
    light: false,
    command: ({ row, directory, kubeconfig }) => [
      kubernetes('kubelet'),
      `--config=${directory}/kubelet.yaml`,
      `--kubeconfig=${kubeconfig}`,
      `--root-dir=${directory}/kubelet`,
      `--cert-dir=${directory}/kubelet-certificates`,
      `--hostname-override=node-${row.name}`,
      `--node-ip=${[row.address, ...(row.ipv6 === undefined ? [] : [row.ipv6.address])].join(',')}`,
      // With the registration, and so before any pod starts: Istio reads a pod's locality once, when the pod is
      // scheduled.
      `--node-labels=topology.kubernetes.io/region=${row.region},topology.kubernetes.io/zone=${row.zone}`,
    ],
    isReady: async (place) => {
      const status = await kubectl(place, [
        'get',
        'node',
        `node-${place.row.name}`,
        '--output',
        'jsonpath={.status.conditions[?(@.type=="Ready")].status}',
      ]);
      return status === 'True';
    },
  },
  {
    name: 'kube-proxy',
    from: 'kubernetes',
    light: false,
    command: ({ row, kubeconfig }) => [
      kubernetes('kube-proxy'),
      `--kubeconfig=${kubeconfig}`,
      `--hostname-override=node-${row.name}`,
      '--proxy-mode=iptables',
      `--cluster-cidr=${[row.pods, ...(row.ipv6 === undefined ? [] : [row.ipv6.pods])].join(',')}`,
      '--healthz-bind-address=127.0.0.1:10256',
      // The kernel's connection table belongs to the machine, so we do not resize it.
      '--conntrack-max-per-core=0',
      '--conntrack-tcp-timeout-established=0',
      '--conntrack-tcp-timeout-close-wait=0',
    ],
    isReady: (place) => answers(place, 'http://127.0.0.1:10256/healthz'),
  },
  {
    name: 'coredns',
    from: 'coredns',
    light: false,
    prepare: prepareDns,
    command: ({ directory }) => [program('coredns', 'coredns'), '-conf', `${directory}/Corefile`],
    isReady: (place) => answers(place, `http://${place.row.address}:8181/ready`),
  },
  {
    name: 'metallb-controller',
    from: 'metallb',
    light: false,
    prepare: prepareAddresses,
    command: () => [
      program('metallb', 'metallb-controller'),
      '--namespace=metallb-system',
      '--port=7472',
      '--webhook-mode=disabled',
      '--log-level=warn',
    ],
    env: ({ kubeconfig }) => ({ KUBECONFIG: kubeconfig }),
    isReady: (place) => answers(place, 'http://127.0.0.1:7472/metrics'),
  },
];

/** The modules that a form of the clusters needs. */
export function serverModules(light: boolean): ModuleName[] {
  const names = SERVERS.filter((row) => row.light || !light).flatMap((row) =>
    row.from === undefined ? [] : [row.from],
  );
  return [...new Set(names)];
}

async function answers(place: Place, url: string): Promise<boolean> {
  return (
    (await attempt([...place.inNetwork, 'curl', '--silent', '--insecure', '--fail', '--max-time', '3', url])).status ===
    0
  );
}

async function answersOk(url: string): Promise<boolean> {
  return (await attempt(['curl', '--silent', '--insecure', '--fail', '--max-time', '3', url])).status === 0;
}
