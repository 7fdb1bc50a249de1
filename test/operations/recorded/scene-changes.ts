import type { ApiServer, Place } from '../../support/servers/api/api-server.ts';
import type { StoredObject } from '../../support/servers/api/object.ts';
import { hold } from '../../support/servers/make-world.ts';
import type { Servers } from '../../support/servers/servers.ts';

/** Puts an object into a cluster, as somebody else or as we would. */
export function put(servers: Servers, context: string, object: object, manager = 'somebody'): void {
  const { server } = servers.cluster(context);
  if (manager === 'somebody') hold(server, object);
  else server.apply(object as Parameters<ApiServer['apply']>[0], { manager });
}

/** Changes an object of a cluster: `deployments.apps/sample/sleep`. */
export function change(servers: Servers, context: string, name: string, how: (object: StoredObject) => void): void {
  const { server } = servers.cluster(context);
  server.patch(placeOf(server, name), how, { manager: 'somebody' });
}

/** Deletes an object of a cluster. */
export function take(servers: Servers, context: string, name: string): void {
  const { server } = servers.cluster(context);
  server.delete(placeOf(server, name));
}

/** Changes a table of the record of a cluster, as we would. */
export function editRecord(servers: Servers, context: string, key: string, how: (text: string) => string): void {
  const { server } = servers.cluster(context);
  const { data, metadata } = server.get(placeOf(server, 'configmaps/kube-system/mesh-federation-demo'));
  const { name, namespace = null, labels = {} } = metadata;
  const former = data as Readonly<Record<string, string>>;
  const text = how(former[key] ?? '');
  // An earlier version had no such key.
  const { [key]: _, ...others } = former;
  const edited = text === '' ? others : { ...others, [key]: text };
  const record = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: namespace ?? '', labels },
    data: edited,
  };
  const stored = server.apply(record, { manager: 'mesh-federation', force: true });
  server.update({ ...stored, data: edited }, { manager: 'mesh-federation' });
}

function placeOf(server: ApiServer, name: string): Place {
  const parts = name.split('/');
  const kind = server.kinds.named(parts[0] ?? '');
  if (kind === undefined) throw new Error(`${server.name} does not serve ${name}`);
  return { kind, namespace: parts.length === 3 ? (parts[1] ?? null) : null, name: parts.at(-1) ?? '' };
}
