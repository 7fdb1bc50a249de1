import type { ApiServer } from '../../api/api-server.ts';
import { listAt, type StoredObject, textAt } from '../../api/object.ts';
import { hasCondition } from '../../kubectl/forms/output.ts';
import type { World } from '../../world.ts';
import { addFinalizer, type Controller, objectIn, objectsOf, removeFinalizer, setStatus } from '../controller.ts';
import { bring, copyIn, leave, type Target } from './copies.ts';

/** The namespace of KubeFed. */
export const kubefedNamespace = 'kube-federation-system';
const syncFinalizer = 'kubefed.io/sync-controller';
const typeFinalizer = 'core.kubefed.io/federated-type-config';

/** KubeFed: copies of Federated objects in the clusters that have joined. It acts while its controller runs. */
export const kubefed: Controller = ({ server }, world) => {
  const controller = objectIn(server, 'deployments.apps', kubefedNamespace, 'kubefed-controller-manager');
  if (controller === undefined || !hasCondition(controller, 'Available')) return;
  for (const joined of objectsOf(server, 'kubefedclusters.core.kubefed.io')) reach(server, world, joined);
  for (const type of objectsOf(server, 'federatedtypeconfigs.core.kubefed.io')) watch(server, type);
  const federated = server.entries.filter(({ kind }) => kind.group === 'types.kubefed.io').map(({ object }) => object);
  for (const { metadata, ...object } of federated) {
    const now = server.find(server.placeOf({ ...object, metadata }));
    if (now?.metadata.deletionTimestamp !== undefined) withdraw(server, world, now);
    else if (now !== undefined) propagate(server, world, now);
  }
};

// A cluster that is Offline has no condition Ready.
function reach(server: ApiServer, world: World, joined: StoredObject): void {
  const isReached = world.at(textAt(joined, 'spec', 'apiEndpoint')) !== undefined;
  setStatus(server, joined, { conditions: [{ type: isReached ? 'Ready' : 'Offline', status: 'True' }] });
}

function watch(server: ApiServer, type: StoredObject): void {
  if (type.metadata.deletionTimestamp !== undefined) {
    removeFinalizer(server, type, typeFinalizer);
    return;
  }
  addFinalizer(server, type, typeFinalizer);
  const fresh = server.get(server.placeOf(type));
  const status = { propagationController: 'Running', statusController: 'NotRunning' };
  setStatus(server, fresh, { ...status, observedGeneration: fresh.metadata.generation ?? 1 });
}

function targetsOf(server: ApiServer, world: World): readonly Target[] {
  return objectsOf(server, 'kubefedclusters.core.kubefed.io').flatMap((joined) => {
    const cluster = world.at(textAt(joined, 'spec', 'apiEndpoint'));
    return cluster === undefined ? [] : [{ name: joined.metadata.name, cluster, isHost: cluster.server === server }];
  });
}

// The namespace of the host itself is only labelled, and never deleted.
const isOwnNamespace = (target: Target, { kind }: StoredObject): boolean =>
  target.isHost && kind === 'FederatedNamespace';

function withdraw(server: ApiServer, world: World, object: StoredObject): void {
  const targets = targetsOf(server, world);
  const isOrphaning = object.metadata.annotations?.['kubefed.io/orphan'] === 'true';
  const keeps = (target: Target): boolean => isOrphaning || isOwnNamespace(target, object);
  for (const target of targets) leave(target, object, keeps(target));
  if (targets.every((target) => keeps(target) || copyIn(target, object) === undefined))
    removeFinalizer(server, object, syncFinalizer);
}

function propagate(server: ApiServer, world: World, object: StoredObject): void {
  addFinalizer(server, object, syncFinalizer);
  const placed = placementOf(server, object);
  const targets = targetsOf(server, world);
  const isWanted = ({ name }: Target): boolean => placed?.includes(name) ?? false;
  for (const target of targets) if (!isWanted(target)) leave(target, object, isOwnNamespace(target, object));
  const clusters = targets.filter(isWanted).map((target) => ({ name: target.name, ...bring(target, object) }));
  const isDone = placed !== null && clusters.every((one) => !('status' in one));
  const why = placed === null ? 'NamespaceNotFederated' : 'CheckClusters';
  const condition = { type: 'Propagation', status: isDone ? 'True' : 'False', ...(isDone ? {} : { reason: why }) };
  const fresh = server.get(server.placeOf(object));
  setStatus(server, fresh, {
    observedGeneration: fresh.metadata.generation ?? 1,
    conditions: [condition],
    clusters,
  });
}

// A namespaced object only goes where its FederatedNamespace goes. Null means that this does not exist.
function placementOf(server: ApiServer, object: StoredObject): readonly string[] | null {
  const namesOf = (one: StoredObject): readonly string[] =>
    listAt(one, 'spec', 'placement', 'clusters').map((cluster) => textAt(cluster, 'name'));
  const { namespace } = object.metadata;
  if (object.kind === 'FederatedNamespace' || namespace === undefined) return namesOf(object);
  const around = objectIn(server, 'federatednamespaces.types.kubefed.io', namespace, namespace);
  if (around === undefined || around.metadata.deletionTimestamp !== undefined) return null;
  return namesOf(object).filter((name) => namesOf(around).includes(name));
}
