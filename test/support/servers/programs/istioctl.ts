import { parse } from 'yaml';
import { textAt } from '../api/object.ts';
import { objectsOf } from '../controllers/controller.ts';
import { istioNamespace, ownNameOf, runningIstiod } from '../controllers/istio.ts';
import { readClusters } from '../controllers/remote-secrets.ts';
import { type Flags, readArguments } from '../kubectl/arguments.ts';
import { failing, messageOf, type Said, saying } from '../kubectl/said.ts';
import type { FakeCluster } from '../world.ts';
import { installationOf } from './charts/istio-objects.ts';
import { install, uninstall } from './istio-installation.ts';
import type { ProgramAround } from './program.ts';
import { remoteSecret } from './remote-secret.ts';

const flags: Flags = {
  valued: [
    'context',
    'filename',
    'set',
    'readiness-timeout',
    'name',
    'server',
    'revision',
    'istioNamespace',
    'namespace',
    'output',
    'kubeconfig',
    'manifests',
    'service-account',
    'type',
    'kubeclient-timeout',
    'vklog',
  ],
  bare: [
    'skip-confirmation',
    'remote',
    'short',
    'help',
    'purge',
    'force',
    'dry-run',
    'create-service-account',
    'verify',
  ],
  short: {
    f: 'filename',
    y: 'skip-confirmation',
    i: 'istioNamespace',
    n: 'namespace',
    o: 'output',
    r: 'revision',
    s: 'short',
    c: 'kubeconfig',
    d: 'manifests',
    h: 'help',
  },
};

/** istioctl, as far as the product calls it. */
export function istioctl(words: readonly string[], input: string, around: ProgramAround): Said {
  const args = readArguments(words, flags);
  const [verb = '', ...others] = args.words.filter((word) => word !== 'x');
  const [unknown] = args.unknown;
  if (unknown !== undefined) return failing(`Error: unknown flag: ${unknown}`);
  if (args.has('help')) return saying(`Usage:\n  istioctl ${verb} [flags]\n`);
  if (verb === 'version') return versionOf(around, args.has('short'));
  const context = args.value('context') ?? '';
  const cluster = around.world.clusters.get(context);
  if (cluster === undefined) return failing(`Error: create client config: context "${context}" does not exist`);
  if (others.length > 0) return failing(`Error: unknown command "${others[0]}" for "istioctl ${verb}"`);
  try {
    switch (verb) {
      case 'install':
        return install(cluster, installationOf(parse(input), args.values('set')), around);
      case 'uninstall':
        return uninstall(cluster, around);
      case 'create-remote-secret':
        return remoteSecret(cluster, args, around);
      case 'remote-clusters':
        return remoteClusters(cluster, around);
      default:
        return failing(`Error: unknown command "${verb}" for "istioctl"`);
    }
  } catch (error) {
    return failing(messageOf(error));
  }
}

function versionOf({ versions }: ProgramAround, isShort: boolean): Said {
  return saying(
    isShort ? `client version: ${versions.istioctl}\n` : `{"clientVersion":{"version":"${versions.istioctl}"}}\n`,
  );
}

function remoteClusters(cluster: FakeCluster, { world, note }: ProgramAround): Said {
  note(`Deployment.apps/${istioNamespace}/istiod`);
  const running = runningIstiod(cluster);
  if (running === undefined) return failing('Error: unable to find any Istiod instances');
  const [pod] = objectsOf(cluster.server, 'pods', istioNamespace).filter(
    (one) => textAt(one, 'metadata', 'labels', 'app') === 'istiod',
  );
  const istiod = pod?.metadata.name ?? 'istiod';
  const own = [ownNameOf(running), '', 'synced', istiod];
  const rows = readClusters(cluster, world).map(({ name, secret, found }) => [
    name,
    secret,
    found === undefined ? 'timeout' : 'synced',
    istiod,
  ]);
  const all = [['NAME', 'SECRET', 'STATUS', 'ISTIOD'], own, ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((row) => (row[at] ?? '').length)) + 5);
  return saying(
    all.map((row) => `${row.map((cell, at) => (at === 3 ? cell : cell.padEnd(widths[at] ?? 0))).join('')}\n`).join(''),
  );
}
