import type { ApiServer, Place } from '../../api/api-server.ts';
import { apiVersionOf } from '../../api/kinds.ts';
import { listAt, mapAt, type StoredObject, textAt, valueAt } from '../../api/object.ts';
import type { World } from '../../world.ts';
import { addFinalizer, type Controller, objectsOf, removeFinalizer, setStatus } from '../controller.ts';
import { bind } from './bindings.ts';
import { bring, leave, type Member } from './copies.ts';

const finalizer = 'karmada.io/binding-controller';
const bindings = ['resourcebindings.work.karmada.io', 'clusterresourcebindings.work.karmada.io'];

/** Karmada: copies of the objects on its API server that policies place. */
export const karmada: Controller = ({ server, isKarmada }, world) => {
  if (!isKarmada) return;
  for (const member of objectsOf(server, 'clusters.cluster.karmada.io')) reach(server, world, member);
  for (const { kind, object } of server.entries) {
    const isTemplate = !kind.group.endsWith('karmada.io');
    if (isTemplate && object.metadata.deletionTimestamp === undefined) bind(server, object);
  }
  const members = membersOf(server, world);
  for (const binding of bindings.flatMap((word) => objectsOf(server, word))) deliver(server, members, binding);
};

function reach(server: ApiServer, world: World, member: StoredObject): void {
  const found = world.at(textAt(member, 'spec', 'apiEndpoint'));
  const kinds = found?.server.kinds.all ?? [];
  const [status, reason] = found === undefined ? ['False', 'ClusterNotReachable'] : ['True', 'ClusterReady'];
  setStatus(server, member, {
    conditions: [{ type: 'Ready', status, reason }],
    kubernetesVersion: found?.version ?? '',
    apiEnablements: [...new Set(kinds.map(apiVersionOf))].map((groupVersion) => ({
      groupVersion,
      resources: kinds
        .filter((one) => apiVersionOf(one) === groupVersion)
        .map(({ kind, plural }) => ({ kind, name: plural })),
    })),
  });
}

function membersOf(server: ApiServer, world: World): readonly Member[] {
  return objectsOf(server, 'clusters.cluster.karmada.io').flatMap((one) => {
    const found = world.at(textAt(one, 'spec', 'apiEndpoint'));
    return found === undefined ? [] : [{ name: one.metadata.name, found }];
  });
}

// The place of the object that a binding is about. Null if its kind is gone.
function templateOf(server: ApiServer, binding: StoredObject): Place | null {
  const resource = mapAt(binding, 'spec', 'resource');
  const [apiVersion, word] = [textAt(resource, 'apiVersion'), textAt(resource, 'kind')];
  const kind = server.kinds.ofObject({ apiVersion, kind: word });
  return kind === undefined
    ? null
    : { kind, name: textAt(resource, 'name'), namespace: textAt(resource, 'namespace') || null };
}

function deliver(server: ApiServer, members: readonly Member[], binding: StoredObject): void {
  const place = templateOf(server, binding);
  const object = place === null ? undefined : server.find(place);
  const isGone = object === undefined || object.metadata.deletionTimestamp !== undefined;
  const names = isGone ? [] : listAt(binding, 'spec', 'clusters').map((one) => textAt(one, 'name'));
  const keeps = valueAt(binding, 'spec', 'preserveResourcesOnDeletion') === true;
  for (const { name, found } of members)
    if (!names.includes(name)) leave(found, mapAt(binding, 'spec', 'resource'), keeps);
  if (isGone || binding.metadata.deletionTimestamp !== undefined) unbind(server, binding);
  else
    deliverTo(
      server,
      members.filter(({ name }) => names.includes(name)),
      { binding, object, names },
    );
}

interface Delivery {
  readonly binding: StoredObject;
  readonly object: StoredObject;
  readonly names: readonly string[];
}

function deliverTo(server: ApiServer, chosen: readonly Member[], { binding, object, names }: Delivery): void {
  addFinalizer(server, binding, finalizer);
  const applied = chosen.map((member) => bring(server, member, object));
  const isApplied = applied.length === names.length && applied.every((one) => one);
  const fresh = server.get(server.placeOf(binding));
  setStatus(server, fresh, {
    schedulerObservedGeneration: fresh.metadata.generation ?? 1,
    conditions: [
      { type: 'Scheduled', status: 'True' },
      { type: 'FullyApplied', status: isApplied ? 'True' : 'False' },
    ],
  });
}

function unbind(server: ApiServer, binding: StoredObject): void {
  const place = server.placeOf(binding);
  if (binding.metadata.deletionTimestamp === undefined) server.delete(place);
  const fresh = server.find(place);
  if (fresh !== undefined) removeFinalizer(server, fresh, finalizer);
}
