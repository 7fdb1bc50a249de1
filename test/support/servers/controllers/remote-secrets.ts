import type { ApiServer } from '../api/api-server.ts';
import { mapAt, type StoredObject, textAt, valueAt } from '../api/object.ts';
import type { FakeCluster, World } from '../world.ts';
import { type Controller, objectsOf } from './controller.ts';

const istioNamespace = 'istio-system';

/** A cluster that an istiod is told to read. */
export interface ReadCluster {
  readonly name: string;
  readonly secret: string;
  /** Undefined if it does not reach the cluster. */
  readonly found: FakeCluster | undefined;
}

/** The clusters of the remote secrets of a cluster. */
export function readClusters({ server }: FakeCluster, world: World): readonly ReadCluster[] {
  const kind = server.kinds.named('secrets');
  if (kind === undefined) return [];
  return server.list(kind, { namespace: istioNamespace, labels: 'istio/multiCluster=true' }).flatMap((secret) => {
    const credentials = remembered.get(secret) ?? credentialsIn(secret);
    remembered.set(secret, credentials);
    return credentials.map(({ name, url, token }) => {
      const found = world.at(url);
      const isValid = found !== undefined && isTokenOf(found.server, token);
      return { name, secret: `${istioNamespace}/${secret.metadata.name}`, found: isValid ? found : undefined };
    });
  });
}

interface Credentials {
  readonly name: string;
  readonly url: string;
  readonly token: string;
}

// A changed Secret is another object.
const remembered = new WeakMap<StoredObject, readonly Credentials[]>();

function credentialsIn(secret: StoredObject): readonly Credentials[] {
  return Object.entries(mapAt(secret, 'data')).map(([name, encoded]) => {
    const kubeconfig = decoded(String(encoded));
    const [, url = ''] = /^\s*server: "?([^\s"]+)"?$/m.exec(kubeconfig) ?? [];
    const [, token = ''] = /^\s*token: "?([^\s"]+)"?$/m.exec(kubeconfig) ?? [];
    return { name, url, token };
  });
}

const decoded = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

// A token is of a Secret of the cluster that is read, and lasts as long as this Secret.
function isTokenOf(server: ApiServer, token: string): boolean {
  return objectsOf(server, 'secrets', istioNamespace).some(
    ({ type, data }) => type === tokenType && decoded(textAt(data, 'token')) === token,
  );
}

const tokenType = 'kubernetes.io/service-account-token';

/** The tokens of ServiceAccounts, in the Secrets that ask for them. */
export const tokens: Controller = ({ server, context }) => {
  for (const secret of objectsOf(server, 'secrets')) {
    if (secret.type !== tokenType || valueAt(secret, 'data', 'token') !== undefined) continue;
    const text = `token-${context}-${secret.metadata.uid}`;
    const data = {
      'ca.crt': Buffer.from(`CA of ${context}`).toString('base64'),
      token: Buffer.from(text).toString('base64'),
    };
    server.patch(
      server.placeOf(secret),
      (copy) => {
        copy.data = data;
      },
      { manager: 'kube-controller-manager' },
    );
  }
};
