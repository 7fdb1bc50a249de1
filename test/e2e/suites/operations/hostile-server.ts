import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a hostile API server answers. */
export interface Manner {
  readonly name: string;
  /** Whether it answers correctly who it is and what it serves, so that it is asked further. */
  readonly isKnown: boolean;
  /** Answers a request. Returns a value to send as JSON, or undefined if it has answered in its own way. */
  readonly answer: (path: string, response: ServerResponse) => unknown;
}

/** A server of the test that stands for a cluster. */
export interface HostileServer {
  readonly url: string;
  /** The paths of all requests so far. */
  readonly asked: readonly string[];
  /** The requests so far that may change something: `POST /api/v1/...`. Questions about permissions are none. */
  readonly changes: readonly string[];
  readonly close: () => Promise<void>;
}

/** UID of the cluster for which a known server stands. */
export const uid = '9f2d6c1e-0000-4000-8000-00000000beef';

const list = (name: string, kind: string, namespaced: boolean) => ({
  name,
  singularName: '',
  namespaced,
  kind,
  verbs: ['get', 'list'],
});

/** What a known server answers correctly. */
const known: Readonly<Record<string, object>> = {
  '/version': { major: '1', minor: '34', gitVersion: 'v1.34.4' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      list('namespaces', 'Namespace', false),
      list('nodes', 'Node', false),
      list('configmaps', 'ConfigMap', true),
      list('secrets', 'Secret', true),
      list('services', 'Service', true),
    ],
  },
  '/api/v1/namespaces/kube-system': { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid } },
};

/** Starts a server on loopback. */
export function serveHostile(manner: Manner): Promise<HostileServer> {
  const asked: string[] = [];
  const changes: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://loopback').pathname;
    asked.push(path);
    if (isChange(request, path)) changes.push(`${request.method} ${path}`);
    request.resume();
    const value = (manner.isKnown ? known[path] : undefined) ?? manner.answer(path, response);
    if (value === undefined) return;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = async (): Promise<void> => {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      };
      resolve({ url: `http://127.0.0.1:${port}`, asked, changes, close });
    });
  });
}

function isChange({ method }: IncomingMessage, path: string): boolean {
  return method !== 'GET' && !path.endsWith('/selfsubjectaccessreviews');
}
