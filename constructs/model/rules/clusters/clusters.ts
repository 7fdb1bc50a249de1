import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import { type ClusterDraft, clusterNamesOf, clustersOf, type Evidence, wordsOf } from '../evidence.ts';

/** Directories of the output that belong to no cluster (docs/output.md). No cluster may have such a name. */
export const reservedNames = ['effective', 'docs', 'argocd', 'flux', 'lib', 'federation'];

function exactlyOneHost(evidence: Evidence): readonly Finding[] {
  const clusters = clustersOf(evidence);
  // A cluster with a misspelt role may be the host that seems to be missing.
  const rolesAreKnown = evidence.declaration.clusters?.every((cluster) => cluster?.role !== undefined) ?? false;
  const hosts = clusters.filter(({ cluster }) => cluster.role === 'host');
  const expected = 'exactly one cluster with role: host';
  if (hosts.length === 0 && rolesAreKnown)
    return [
      {
        path: ['clusters'],
        got: new Described('no host'),
        expected,
        fix: `add role: host to ${wordsOf(evidence).host}`,
      },
    ];
  return hosts.slice(1).map(({ index }) => ({
    path: ['clusters', index, 'role'],
    got: 'host',
    expected,
    fix: 'make it a member: role: member',
  }));
}

function atLeastOneMember(evidence: Evidence): readonly Finding[] {
  const { clusters } = evidence.declaration;
  // If there are several hosts, all except one will become members.
  if (clusters === undefined || clusters.length > 1 || clusters.some((cluster) => cluster?.role !== 'host')) return [];
  return [
    {
      path: ['clusters'],
      got: new Described(clusters.length === 0 ? 'no cluster' : 'no member'),
      expected: 'at least one cluster with role: member',
      fix: 'declare the other clusters',
    },
  ];
}

type Identity = 'name' | 'kubeContext' | 'istioCluster' | 'federationCluster' | 'apiServer';

/** The name of a cluster in one system. All except the API server default to the name of the cluster. */
export function identityOf({ cluster }: ClusterDraft, key: Identity): string | undefined {
  if (key in cluster) return cluster[key];
  return key === 'apiServer' ? undefined : cluster.name;
}

function duplicates(evidence: Evidence, key: Identity, fix: string): readonly Finding[] {
  const seen = new Map<string, string | undefined>();
  return clustersOf(evidence).flatMap((draft) => {
    const identity = identityOf(draft, key);
    if (identity === undefined) return [];
    const { name } = draft.cluster;
    const isRepeated = seen.has(identity);
    // If two clusters have one name, the names are the mistake, and not the values that default to them.
    const isConsequence = key !== 'name' && !(key in draft.cluster) && seen.get(identity) === name;
    if (!isRepeated) seen.set(identity, name);
    if (!isRepeated || isConsequence) return [];
    const path = ['clusters', draft.index, key in draft.cluster ? key : 'name'];
    return [{ path, got: identity, expected: `${key}: a value that no other cluster has`, fix }];
  });
}

const clusterNamesAreUnique = (evidence: Evidence): readonly Finding[] =>
  duplicates(evidence, 'name', 'rename one of the two clusters');

const kubeContextsAreUnique = (evidence: Evidence): readonly Finding[] =>
  duplicates(evidence, 'kubeContext', 'name the context of each cluster: two clusters cannot share one');

const istioClustersAreUnique = (evidence: Evidence): readonly Finding[] =>
  duplicates(evidence, 'istioCluster', 'choose another ID: istiod ignores a second cluster with the same ID');

const federationClustersAreUnique = (evidence: Evidence): readonly Finding[] =>
  duplicates(evidence, 'federationCluster', `choose another name: ${wordsOf(evidence).sameName}`);

const apiServersAreUnique = (evidence: Evidence): readonly Finding[] =>
  duplicates(evidence, 'apiServer', `keep one of the two clusters: ${wordsOf(evidence).sameServer}`);

function clusterNameIsNotReserved(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence)
    .filter(({ cluster }) => cluster.name !== undefined && reservedNames.includes(cluster.name))
    .map(({ index, cluster }) => ({
      path: ['clusters', index, 'name'],
      got: cluster.name,
      expected: `a name other than ${reservedNames.join(', ')}: directories of the output have these names`,
      fix: 'choose another name; kubeContext and the other names of the cluster may stay',
    }));
}

/** Findings for every name of a list that is not a cluster of the declaration. */
export function unknownClusters(
  evidence: Evidence,
  names: readonly (string | undefined)[],
  toPath: (name: string, position: number) => Finding['path'],
): readonly Finding[] {
  const known = clusterNamesOf(evidence);
  const isKnown = new Set(known);
  return names.flatMap((name, position) =>
    name === undefined || isKnown.has(name)
      ? []
      : [
          {
            path: toPath(name, position),
            got: name,
            expected: `one of ${known.map((cluster) => `"${cluster}"`).join(', ')}`,
            fix: didYouMean(name, known, 'name a cluster of this declaration'),
          },
        ],
  );
}

/** Rules about the list of clusters. */
export const clusterRules = {
  exactlyOneHost,
  atLeastOneMember,
  clusterNamesAreUnique,
  kubeContextsAreUnique,
  istioClustersAreUnique,
  federationClustersAreUnique,
  apiServersAreUnique,
  clusterNameIsNotReserved,
};
