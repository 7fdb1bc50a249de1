import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { readRecords } from '../../../operations/record/read-records.ts';
import type { ClusterRecord, ClusterRecords } from '../../../operations/record/record.ts';

/** The records that a cluster holds. */
export async function recordsIn(
  cluster: Pick<Cluster, 'kubectl' | 'name'>,
  federation = 'demo',
): Promise<ClusterRecords> {
  const answer = await readRecords(cluster, federation);
  if (answer.kind === 'found') return answer.value;
  throw new Error(answer.kind === 'failed' ? answer.reason : 'absent');
}

/** Labels of a record of a federation. */
export const labelsOf = (federation: string): Readonly<Record<string, string>> => ({
  'app.kubernetes.io/managed-by': 'mesh-federation',
  'mesh-federation.io/federation': federation,
});

/** A ConfigMap of kube-system, as a cluster holds it. */
export function configMap(name: string, data: object, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'kube-system', labels }, data };
}

/** A record with something in each key. */
export const fullRecord: ClusterRecord = {
  federation: 'demo',
  cluster: 'host',
  objects: [
    { wave: '10-foundation', group: '', kind: 'Namespace', namespace: null, name: 'istio-system' },
    { wave: '40-workloads', group: 'apps', kind: 'Deployment', namespace: 'sample', name: 'helloworld' },
    {
      wave: '20-control-plane',
      group: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      namespace: null,
      name: 'a:B.c',
    },
  ],
  commands: [
    { wave: '20-control-plane', undo: 'istioctl-install', path: 'host/20-control-plane/a.yaml', args: [] },
    { wave: '30-links', undo: 'remote-secret', path: null, args: ['member', '', 'https://198.51.100.2:6443'] },
  ],
  created: [
    { group: '', kind: 'Namespace', namespace: null, name: 'istio-system' },
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', namespace: null, name: '*.istio.io' },
  ],
  progress: { wave: '30-links', checksum: 'a'.repeat(64) },
  members: [{ name: 'host', uid: '11111111-0000-4000-8000-000000000000' }],
};
