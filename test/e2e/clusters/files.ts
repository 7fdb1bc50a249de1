import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePodCgroup, podCgroup } from '../machine/cgroups.ts';
import { REGISTRY } from '../tables/clusters.ts';
import { PAUSE } from '../tables/images.ts';
import { conflist, containerdToml } from './container-runtime.ts';
import { corefile, giveNames } from './dns.ts';
import type { Place } from './place.ts';

/** Writes the files that the servers of a cluster read, with keys and a token for this run only. */
export function writeFiles(place: Place): void {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  write(place, 'sa.key', privateKey);
  write(place, 'sa.pub', publicKey);
  write(place, 'tokens.csv', `${randomBytes(32).toString('hex')},admin,admin,system:masters\n`);
  makePodCgroup(place.row.name);
  write(place, 'kubelet.yaml', JSON.stringify(kubeletConfiguration(place)));
  write(place, 'containerd.toml', containerdToml(place, `${REGISTRY}/${PAUSE}`));
  write(place, 'cni/10-pods.conflist', JSON.stringify(conflist(place)));
  write(place, 'registries/_default/hosts.toml', mirror());
  write(place, 'resolv.conf', 'nameserver 127.0.0.1\n');
  write(place, 'Corefile', corefile(place));
  giveNames(place, {});
}

/** Writes the administrator's kubeconfig. By then the API server has made its certificate. */
export function writeKubeconfig(place: Place): void {
  write(place, 'kubeconfig', JSON.stringify(kubeconfigOf([place])));
}

/** A kubeconfig with one context per cluster, named after the cluster. */
export function kubeconfigOf(places: readonly Place[]): object {
  const first = places[0];
  if (first === undefined) throw new Error('a kubeconfig needs a cluster');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: places.map((place) => ({ name: place.row.name, cluster: clusterEntry(place) })),
    users: places.map((place) => ({ name: place.row.name, user: { token: tokenOf(place) } })),
    contexts: places.map(({ row }) => ({ name: row.name, context: { cluster: row.name, user: row.name } })),
    'current-context': first.row.name,
  };
}

function clusterEntry(place: Place): object {
  const certificate = readFileSync(join(place.directory, 'certificates/apiserver.crt'));
  return {
    server: `https://${place.row.address}:6443`,
    'certificate-authority-data': certificate.toString('base64'),
  };
}

function tokenOf(place: Place): string {
  return readFileSync(join(place.directory, 'tokens.csv'), 'utf8').split(',')[0] ?? '';
}

// Several kubelets share one machine with either version of cgroups, so no kubelet manages the machine's resources.
function kubeletConfiguration({ row, directory }: Place): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    address: row.address,
    healthzBindAddress: '127.0.0.1',
    cgroupDriver: 'cgroupfs',
    cgroupRoot: podCgroup(row.name),
    // Puts pods below that root. Without it the container runtime chooses the place.
    cgroupsPerQOS: true,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    failCgroupV1: false,
    clusterDNS: [row.dns],
    clusterDomain: 'cluster.local',
    resolvConf: `${directory}/resolv.conf`,
    containerRuntimeEndpoint: `unix://${directory}/containerd.sock`,
    localStorageCapacityIsolation: false,
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'memory.available': '10Mi', 'nodefs.available': '0%', 'imagefs.available': '0%' },
    podLogsDir: `${directory}/pod-logs`,
    nodeStatusUpdateFrequency: '4s',
    syncFrequency: '10s',
  };
}

// This registry stands for every registry in a manifest, in plain text on the bridge.
function mirror(): string {
  return `server = "http://${REGISTRY}"\n[host."http://${REGISTRY}"]\n  capabilities = ["pull", "resolve"]\n`;
}

function write(place: Place, path: string, text: string): void {
  const file = join(place.directory, path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode: 0o600 });
}
