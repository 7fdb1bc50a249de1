import { apiVersionOf, type Kind } from '../../api/kinds.ts';
import {
  copyOf,
  type JsonMap,
  listAt,
  mapAt,
  type SentObject,
  type StoredObject,
  textAt,
  valueAt,
} from '../../api/object.ts';
import type { FakeCluster } from '../../world.ts';
import { canCreateIn } from '../controller.ts';
import { patched } from '../json-patch.ts';

/** A cluster that has joined. */
export interface Target {
  readonly name: string;
  readonly cluster: FakeCluster;
  readonly isHost: boolean;
}

const managed = 'kubefed.io/managed';
const manager = { manager: 'kubefed' };

function kindIn({ cluster }: Target, { kind }: StoredObject): Kind | undefined {
  const name = kind.replace(/^Federated/, '');
  return cluster.server.kinds.all.find((one) => one.kind === name && one.group !== 'types.kubefed.io');
}

/** The copy of a Federated object in a cluster. */
export function copyIn(target: Target, object: StoredObject): StoredObject | undefined {
  const kind = kindIn(target, object);
  const { name, namespace = null } = object.metadata;
  return kind && target.cluster.server.find({ kind, name, namespace: kind.isNamespaced ? namespace : null });
}

/** Deletes a copy, or only forgets it. */
export function leave(target: Target, object: StoredObject, isOrphaned: boolean): void {
  const copy = copyIn(target, object);
  if (copy?.metadata.labels?.[managed] !== 'true') return;
  const { server } = target.cluster;
  const forget = (one: StoredObject): void => {
    delete one.metadata.labels?.[managed];
  };
  if (isOrphaned) server.patch(server.placeOf(copy), forget, manager);
  else if (copy.metadata.deletionTimestamp === undefined) server.delete(server.placeOf(copy));
}

/** Makes a copy as the Federated object says, or says why it cannot. */
export function bring(target: Target, object: StoredObject): { readonly status: string } | Record<string, never> {
  const kind = kindIn(target, object);
  const wanted = kind && copyFor(target, object, kind);
  if (kind === undefined) return { status: 'CreationFailed' };
  if (wanted === null || wanted === undefined) return { status: 'ApplyOverridesFailed' };
  const { server } = target.cluster;
  const place = server.placeOf(wanted);
  const former = server.find(place);
  if (former?.metadata.deletionTimestamp !== undefined) return { status: 'WaitingForRemoval' };
  if (former !== undefined) server.patch(place, (copy) => takeOver(copy, wanted), manager);
  else if (kind.kind === 'Namespace' && target.isHost) return {};
  else if (!canCreateIn(server, place.namespace)) return { status: 'CreationFailed' };
  else server.create(wanted, manager);
  return {};
}

// KubeFed replaces everything but annotations, finalizers and what the server has set.
function takeOver(copy: StoredObject, wanted: SentObject): void {
  copy.metadata.labels = mapAt(wanted, 'metadata', 'labels') as Record<string, string>;
  for (const [key, value] of Object.entries(wanted)) {
    if (['apiVersion', 'kind', 'metadata', 'status'].includes(key)) continue;
    copy[key] = key === 'spec' ? { ...keptOf(copy), ...mapAt(wanted, 'spec') } : value;
  }
}

function keptOf(copy: StoredObject): JsonMap {
  const kept = ['clusterIP', 'type', 'finalizers'].map((key) => [key, valueAt(copy, 'spec', key)] as const);
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

function copyFor({ name }: Target, object: StoredObject, kind: Kind): SentObject | null {
  const template = copyOf(mapAt(object, 'spec', 'template'));
  const apiVersion = textAt(template, 'apiVersion') || apiVersionOf(kind);
  const { namespace } = object.metadata;
  const place = { name: object.metadata.name, ...(kind.isNamespaced && namespace !== undefined ? { namespace } : {}) };
  const base = { ...template, apiVersion, kind: kind.kind, metadata: { ...mapAt(template, 'metadata'), ...place } };
  const overrides = listAt(object, 'spec', 'overrides').filter((one) => textAt(one, 'clusterName') === name);
  const operations = overrides.flatMap((one) => listAt(one, 'clusterOverrides'));
  const made = patched(base, operations);
  if (made === null) return null;
  const labels = { ...mapAt(made, 'metadata', 'labels'), [managed]: 'true' };
  return { ...made, apiVersion, kind: kind.kind, metadata: { ...mapAt(made, 'metadata'), ...place, labels } };
}
