import type { Place } from '../../api/api-server.ts';
import { apiVersionOf, type Kind } from '../../api/kinds.ts';
import { type JsonMap, mapAt } from '../../api/object.ts';
import { type Command, titleOf } from '../command.ts';
import { shownObject } from '../forms/output.ts';
import { failing, messageOf, type Said, saying } from '../said.ts';

const nowhere = failing('Error from server (NotFound): the server could not find the requested resource');

/** `kubectl get --raw` */
export function getRaw(command: Command, path: string): Said {
  const { server, version } = command.cluster;
  command.note(path);
  if (path === '/version') return saying(JSON.stringify(versionOf(version), null, 2));
  if (path === '/readyz' || path === '/livez') return saying('ok');
  const found = placeAtPath(command, path);
  if (found === null) return nowhere;
  const { kind, namespace, name } = found;
  try {
    if (name !== null) return saying(`${JSON.stringify(shownObject(server.entry({ kind, namespace, name })))}\n`);
    const items = server.list(kind, { namespace });
    return saying(
      `${JSON.stringify({ kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata: {}, items })}\n`,
    );
  } catch (error) {
    return failing(messageOf(error));
  }
}

/** `kubectl delete --raw`, with the options of the deletion on standard input. */
export function deleteRaw(command: Command, path: string): Said {
  const found = placeAtPath(command, path);
  if (found === null || found.name === null) return nowhere;
  const place = { kind: found.kind, namespace: found.namespace, name: found.name };
  command.note(titleOf(place));
  const options: unknown = command.input.trim() === '' ? {} : JSON.parse(command.input);
  const { server } = command.cluster;
  try {
    const { uid } = server.delete(place, mapAt(options, 'preconditions')).metadata;
    const isLeft = server.find(place) !== undefined;
    return saying(`${JSON.stringify(isLeft ? shownObject(server.entry(place)) : success(place, uid))}\n`);
  } catch (error) {
    return failing(messageOf(error));
  }
}

function success({ kind, name }: Place, uid: string): JsonMap {
  const group = kind.group === '' ? {} : { group: kind.group };
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...group, kind: kind.plural, uid },
  };
}

function versionOf(gitVersion: string): JsonMap {
  const [, minor = '0'] = /^v1\.(\d+)/.exec(gitVersion) ?? [];
  return { major: '1', minor, gitVersion, platform: 'linux/amd64' };
}

// The kind, and the object if it is one, at a path of the API. Null if the server has no such path.
function placeAtPath(
  { cluster }: Command,
  path: string,
): { readonly kind: Kind; readonly namespace: string | null; readonly name: string | null } | null {
  const [root = ''] = path.split('?');
  const [first, ...others] = root
    .split('/')
    .filter((step) => step !== '')
    .map(decodeURIComponent);
  const [group = '', version = '', ...rest] = first === 'api' ? ['', ...others] : others;
  const isInside = rest[0] === 'namespaces' && rest.length > 2;
  const [plural = '', name = null] = isInside ? rest.slice(2) : rest;
  const kind = cluster.server.kinds.atPath(group, version, plural);
  return kind === undefined ? null : { kind, namespace: isInside ? (rest[1] ?? null) : null, name };
}
