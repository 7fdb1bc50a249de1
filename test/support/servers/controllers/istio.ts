import type { ApiServer } from '../api/api-server.ts';
import { listAt, type StoredObject, textAt } from '../api/object.ts';
import { hasCondition } from '../kubectl/forms/output.ts';
import type { FakeCluster } from '../world.ts';
import { type Controller, ensure, objectIn, objectsOf } from './controller.ts';
import { readClusters } from './remote-secrets.ts';

/** The namespace of Istio. */
export const istioNamespace = 'istio-system';

/** istiod: gives each namespace of the clusters that it reads the root to trust, and holds its locks. */
export const istiod: Controller = (cluster, world) => {
  const running = runningIstiod(cluster);
  if (running === undefined) return;
  const { server } = cluster;
  const cacerts = objectIn(server, 'secrets', istioNamespace, 'cacerts');
  const encoded = textAt(cacerts, 'data', 'root-cert.pem');
  const root =
    encoded === '' ? `root of the istiod of ${cluster.context}` : Buffer.from(encoded, 'base64').toString('utf8');
  for (const read of [cluster, ...readClusters(cluster, world).flatMap(({ found }) => found ?? [])])
    writeRoot(read.server, root);
  for (const name of ['istio-gateway-status-leader', 'istio-namespace-controller-election'])
    ensure(
      server,
      {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name, namespace: istioNamespace },
        spec: { holderIdentity: 'istiod' },
      },
      'pilot-discovery',
    );
};

/** The Deployment of a cluster's istiod, if it runs. */
export function runningIstiod({ server }: FakeCluster): StoredObject | undefined {
  const found = objectIn(server, 'deployments.apps', istioNamespace, 'istiod');
  return found !== undefined && hasCondition(found, 'Available') ? found : undefined;
}

/** The name that an istiod has for its own cluster. */
export function ownNameOf(deployment: StoredObject): string {
  const env = listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'env');
  return (
    textAt(
      env.find((one) => textAt(one, 'name') === 'CLUSTER_ID'),
      'value',
    ) || 'Kubernetes'
  );
}

function writeRoot(server: ApiServer, root: string): void {
  for (const { metadata } of objectsOf(server, 'namespaces')) {
    if (metadata.name.startsWith('kube-') && metadata.name !== 'kube-federation-system') continue;
    ensure(
      server,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'istio-ca-root-cert', namespace: metadata.name, labels: { 'istio.io/config': 'true' } },
        data: { 'root-cert.pem': root },
      },
      'pilot-discovery',
    );
  }
}
