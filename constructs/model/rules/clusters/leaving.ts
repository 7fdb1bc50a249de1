import type { Path } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { declaredControlPlanes, hasGateway, remotesOf } from '../../resolution/declared-control-planes.ts';
import { type ClusterDraft, clustersOf, type Evidence, wordsOf, workloadsOf } from '../evidence.ts';

function leavingClustersOf(evidence: Evidence): readonly ClusterDraft[] {
  return clustersOf(evidence).filter(({ cluster }) => cluster.state === 'leaving');
}

function hostIsNotLeaving(evidence: Evidence): readonly Finding[] {
  return leavingClustersOf(evidence)
    .filter(({ cluster }) => cluster.role === 'host')
    .map(({ index }) => ({
      path: ['clusters', index, 'state'],
      got: 'leaving',
      expected: `a host that stays: ${wordsOf(evidence).leavingHost}`,
      fix: 'remove the line; to end the whole federation run mesh-federation destroy',
    }));
}

function primaryOfRemotesIsNotLeaving(evidence: Evidence): readonly Finding[] {
  const remotesOfPrimary = remotesOf(declaredControlPlanes(evidence.declaration));
  return leavingClustersOf(evidence).flatMap(({ index, cluster: { name = '' } }) => {
    const remotes = remotesOfPrimary(name).map(({ cluster }) => cluster);
    if (remotes.length === 0) return [];
    return [
      {
        path: ['clusters', index, 'state'],
        got: 'leaving',
        expected: `a cluster without remotes: the proxies of ${remotes.join(', ')} get their configuration from it`,
        fix: 'let its remotes leave first, or give them another primary',
      },
    ];
  });
}

// Without the gateway nobody could reach the other clusters of the network.
function leavingGatewayIsNotTheLast(evidence: Evidence): readonly Finding[] {
  const isReached = hasGateway(evidence.declaration, declaredControlPlanes(evidence.declaration));
  const drafts = clustersOf(evidence);
  const staying = drafts.filter(({ cluster }) => cluster.state !== 'leaving');
  const networks = new Set(drafts.flatMap(({ cluster }) => cluster.network ?? []));
  if (networks.size < 2) return [];
  return leavingClustersOf(evidence).flatMap(({ index, cluster: { network, gateway } }) => {
    const neighbours = staying.filter(({ cluster }) => cluster.network === network).map(({ cluster }) => cluster);
    const isServed = neighbours.some(isReached);
    if (gateway === 'none' || neighbours.length === 0 || isServed) return [];
    return [
      {
        path: ['clusters', index, 'state'],
        got: 'leaving',
        expected: `another gateway in ${network}: ${neighbours.map(({ name }) => name).join(', ')} would be left without one`,
        fix: 'first give one of them a gateway (remove its gateway: none) and apply that',
      },
    ];
  });
}

/** A mention of a cluster in a workload. */
interface Mention {
  readonly name: string | undefined;
  readonly path: Path;
  readonly isKey: boolean;
}

function mentionsIn(evidence: Evidence): readonly Mention[] {
  return workloadsOf(evidence).flatMap(({ index, workload }) => [
    ...(['placement', 'clients'] as const).flatMap((key) => {
      const list = workload[key];
      if (list === undefined || typeof list === 'string') return [];
      return list.map((name, position) => ({ name, path: ['workloads', index, key, position], isKey: false }));
    }),
    ...Object.keys(workload.overrides ?? {}).map((name) => ({
      name,
      path: ['workloads', index, 'overrides', name],
      isKey: true,
    })),
  ]);
}

// `all` already leaves out a leaving cluster. Only its name in a list is a mistake.
function leavingClusterHasNoWorkload(evidence: Evidence): readonly Finding[] {
  const leaving = leavingClustersOf(evidence).map(({ cluster }) => cluster.name);
  return mentionsIn(evidence)
    .filter(({ name }) => name !== undefined && leaving.includes(name))
    .map(({ name, path, isKey }) => ({
      path,
      got: name,
      expected: 'a cluster that stays: this one has state: leaving and runs no workloads any more',
      fix: 'remove it here, or remove the workload if it runs nowhere else',
      isKey,
    }));
}

/** Rules about clusters that leave. */
export const leavingRules = {
  hostIsNotLeaving,
  primaryOfRemotesIsNotLeaving,
  leavingGatewayIsNotTheLast,
  leavingClusterHasNoWorkload,
};
