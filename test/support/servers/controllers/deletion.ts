import type { ApiServer, Entry } from '../api/api-server.ts';
import { resourceOf } from '../api/kinds.ts';
import { mapAt, type StoredObject } from '../api/object.ts';
import type { Controller } from './controller.ts';
import { ensure, objectsOf, setStatus } from './controller.ts';

/** Deletes what is in deleted namespaces, and then these. */
export const deletion: Controller = ({ server }) => {
  for (const namespace of objectsOf(server, 'namespaces')) {
    if (namespace.metadata.deletionTimestamp === undefined) continue;
    const inside = server.entries.filter(({ object }) => object.metadata.namespace === namespace.metadata.name);
    empty(server, inside);
    const rest = server.entries.some(({ object }) => object.metadata.namespace === namespace.metadata.name);
    if (!rest && (namespace.metadata.finalizers ?? []).length === 0) server.finish(server.placeOf(namespace));
  }
};

/** Deletes the objects of deleted kinds, and then these. */
export const definitionDeletion: Controller = ({ server }) => {
  for (const definition of objectsOf(server, 'customresourcedefinitions')) {
    if (definition.metadata.deletionTimestamp === undefined) continue;
    const isOfIt = ({ kind }: Entry): boolean => resourceOf(kind) === definition.metadata.name;
    empty(server, server.entries.filter(isOfIt));
    if (server.entries.some(isOfIt)) continue;
    server.kinds.undefine(definition.metadata.name);
    server.finish(server.placeOf(definition));
  }
};

function empty(server: ApiServer, entries: readonly Entry[]): void {
  for (const { kind, object } of entries) {
    const { name, namespace = null, deletionTimestamp } = object.metadata;
    if (deletionTimestamp === undefined) server.delete({ kind, name, namespace });
  }
}

const defined = new WeakSet<StoredObject>();

/** Serves the kinds of CustomResourceDefinitions, and says so. */
export const definitions: Controller = ({ server }) => {
  for (const definition of objectsOf(server, 'customresourcedefinitions')) {
    if (definition.metadata.deletionTimestamp !== undefined || defined.has(definition)) continue;
    server.kinds.define(definition);
    const conditions = ['NamesAccepted', 'Established'].map((type) => ({ type, status: 'True' }));
    setStatus(server, definition, { acceptedNames: mapAt(definition, 'spec', 'names'), conditions });
    defined.add(server.get(server.placeOf(definition)));
  }
};

/** Puts into each namespace what Kubernetes puts there. */
export const namespaces: Controller = ({ server }) => {
  for (const { metadata } of objectsOf(server, 'namespaces')) {
    if (metadata.deletionTimestamp !== undefined) continue;
    const namespace = metadata.name;
    ensure(server, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
    const data = { 'ca.crt': 'the certificate of the API server' };
    ensure(server, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace }, data });
  }
};
