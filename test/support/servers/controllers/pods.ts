import { createHash } from 'node:crypto';
import type { ApiServer } from '../api/api-server.ts';
import { type JsonMap, mapAt, type StoredObject, textAt, valueAt } from '../api/object.ts';
import { canCreateIn, objectIn, objectsOf, setStatus } from './controller.ts';

/** A few letters and digits that only this text has. */
export function shortHash(text: string, length: number): string {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .slice(0, length);
}

const mostPods = 3;

/** Runs the pods of a Deployment: those of its template, and no others. */
export function runPods(server: ApiServer, deployment: StoredObject, replicas: number): void {
  const { namespace = '', name } = deployment.metadata;
  const set = `${name}-${shortHash(JSON.stringify(mapAt(deployment, 'spec', 'template')), 9)}`;
  const mine = objectsOf(server, 'pods', namespace).filter((pod) => ownerOf(pod) === name);
  for (const pod of mine) if (!pod.metadata.name.startsWith(`${set}-`)) server.delete(server.placeOf(pod));
  if (!canCreateIn(server, namespace)) return;
  for (let index = 0; index < Math.min(replicas, mostPods); index += 1) {
    const title = `${set}-${shortHash(`${namespace}/${set}/${index}`, 5)}`;
    if (!mine.some((pod) => pod.metadata.name === title)) startPod(server, deployment, title);
  }
}

function startPod(server: ApiServer, deployment: StoredObject, title: string): void {
  const { namespace = '', name } = deployment.metadata;
  const template = mapAt(deployment, 'spec', 'template');
  const labels = mapAt(template, 'metadata', 'labels');
  const isInMesh = isInjected(server, namespace, labels);
  const set = title.slice(0, title.lastIndexOf('-'));
  const metadata = {
    name: title,
    namespace,
    labels: {
      ...labels,
      ...(isInMesh ? { 'security.istio.io/tlsMode': 'istio' } : {}),
      'pod-template-hash': set.slice(name.length + 1),
    },
    annotations: { 'fake/deployment': name },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set, uid: `${set}-uid` }],
  };
  const spec = valueAt(template, 'spec') ?? {};
  const made = server.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec }, { manager: 'kube-controller-manager' });
  setStatus(server, made, {
    phase: 'Running',
    podIP: addressOf(made),
    podIPs: [{ ip: addressOf(made) }],
    conditions: [{ type: 'Ready', status: 'True' }],
  });
}

function addressOf({ metadata }: StoredObject): string {
  const number = Number.parseInt(metadata.uid.slice(0, 6), 16);
  return `10.244.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`;
}

const ownerOf = ({ metadata }: StoredObject): string => metadata.annotations?.['fake/deployment'] ?? '';

/** Whether a pod gets a proxy: its namespace or its label asks for it, and the webhook is there when it starts. */
export function isInjected(server: ApiServer, namespace: string, labels: JsonMap): boolean {
  const around = objectIn(server, 'namespaces', null, namespace);
  const asks = textAt(around, 'metadata', 'labels', 'istio-injection') === 'enabled';
  const webhook = objectIn(server, 'mutatingwebhookconfigurations', null, 'istio-sidecar-injector');
  return webhook !== undefined && (asks || labels['sidecar.istio.io/inject'] === 'true');
}

/** Ends the pods whose Deployment is gone. */
export function endPods(server: ApiServer, deployments: readonly StoredObject[]): void {
  const owners = new Set(deployments.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
  for (const pod of objectsOf(server, 'pods')) {
    const owner = ownerOf(pod);
    const isOwned = owner === '' || owners.has(`${pod.metadata.namespace}/${owner}`);
    if (!isOwned && pod.metadata.deletionTimestamp === undefined) server.delete(server.placeOf(pod));
  }
}
