import { createHash } from 'node:crypto';
import { ApiServer } from './api/api-server.ts';
import type { SentObject, StoredObject } from './api/object.ts';
import type { Clock } from './clock.ts';
import { titleOf } from './kubectl/command.ts';
import { parseManifests } from './kubectl/manifests.ts';
import type { ClusterDescription, FakeCluster, World } from './world.ts';

// 2026-01-01, so that timestamps are ones.
const start = Date.UTC(2026, 0, 1);

/** Makes the clusters that a test describes. */
export function makeWorld(
  descriptions: Readonly<Record<string, ClusterDescription>>,
  clock: Clock,
  hear: (context: string, change: string) => void,
): World {
  const clusters = new Map<string, FakeCluster>();
  const world = {
    clusters,
    at: (url: string) => [...clusters.values()].find((one) => [one.url, ...(one.otherUrls ?? [])].includes(url)),
  };
  Object.entries(descriptions).forEach(([context, description], index) => {
    const cluster = makeCluster(context, description, { index, clock });
    clusters.set(context, cluster);
    cluster.server.onChange(({ verb, kind, object }) => {
      const { name, namespace = null } = object.metadata;
      hear(context, `${verb} ${titleOf({ kind, name, namespace })}`);
    });
    fill(cluster, description);
  });
  return world;
}

/** A UID that only this text has. */
export function uidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function makeCluster(
  context: string,
  description: ClusterDescription,
  { index, clock }: { readonly index: number; readonly clock: Clock },
): FakeCluster {
  const { isKarmada = false, may = () => true } = description;
  const server = new ApiServer(
    context,
    () => start + clock.now(),
    (number) => uidOf(`${context} ${number}`),
  );
  return {
    context,
    server,
    url: description.url ?? `https://198.51.100.${index + 1}:6443`,
    otherUrls: description.otherUrls ?? [],
    version: description.version ?? 'v1.34.4',
    address: description.address === undefined ? `203.0.113.${index + 10}` : description.address,
    unavailable: description.unavailable ?? [],
    paused: new Set(),
    may,
    isKarmada,
  };
}

function fill({ context, server, isKarmada }: FakeCluster, { uid, holds = [] }: ClusterDescription): void {
  for (const name of ['default', 'kube-public', 'kube-node-lease', 'kube-system'])
    server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { manager: 'kube-apiserver' });
  const system = server.kinds.named('namespaces');
  if (system !== undefined)
    server.get({ kind: system, namespace: null, name: 'kube-system' }).metadata.uid = uid ?? uidOf(context);
  if (!isKarmada) server.create(nodeOf(context), { manager: 'kubelet' });
  for (const one of holds) hold(server, one);
}

/** Puts manifests into a server, definitions before everything else. */
export function hold(server: ApiServer, manifests: string | object): void {
  const objects = typeof manifests === 'string' ? parseManifests(manifests) : [manifests as SentObject];
  for (const object of objects) {
    const stored = server.create(object, { manager: 'somebody' });
    if (object.kind === 'CustomResourceDefinition') server.kinds.define(stored);
    if (object.status === undefined) continue;
    const change = (copy: StoredObject): void => {
      copy.status = object.status;
    };
    server.patch(server.placeOf(stored), change, { manager: 'somebody' });
  }
}

const nodeOf = (context: string): SentObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `${context}-1`, labels: { 'topology.kubernetes.io/region': context } },
  status: {
    addresses: [
      { type: 'InternalIP', address: '10.0.0.1' },
      // Gateways on node ports need one.
      { type: 'ExternalIP', address: '198.51.100.7' },
    ],
    allocatable: { cpu: '8', memory: '16393244Ki' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
