import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '../kubectl/manifests.ts';
import { looseDefinition } from '../programs/charts/loose-definition.ts';

const crds = join(import.meta.dirname, '../../../../crds');

/** Karmada as somebody else has installed it: what its API server holds at the start. */
export function karmadaOn(members: Readonly<Record<string, string>>): readonly object[] {
  const policies = readdirSync(crds).filter((name) => name.startsWith('karmada-'));
  const joined = Object.entries(members).map(([name, apiEndpoint]) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec: { apiEndpoint, syncMode: 'Push' },
  }));
  return [
    ...policies.flatMap((name) => parseManifests(readFileSync(join(crds, name), 'utf8'))),
    looseDefinition('cluster.karmada.io', 'v1alpha1', 'Cluster', 'clusters', false),
    looseDefinition('work.karmada.io', 'v1alpha2', 'ResourceBinding', 'resourcebindings'),
    looseDefinition('work.karmada.io', 'v1alpha2', 'ClusterResourceBinding', 'clusterresourcebindings', false),
    ...joined,
  ];
}
