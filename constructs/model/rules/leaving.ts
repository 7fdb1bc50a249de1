import { declaredControlPlanes, hasGateway, remotesOf } from '../control-planes.ts';
import type { Finding } from '../finding.ts';
import { type ClusterDraft, clustersOf, type Subject, workloadsOf } from '../subject.ts';
import type { Path } from '../yaml-source.ts';

function leavingClustersOf(subject: Subject): readonly ClusterDraft[] {
  return clustersOf(subject).filter(({ cluster }) => cluster.state === 'leaving');
}

function hostIsNotLeaving(subject: Subject): readonly Finding[] {
  return leavingClustersOf(subject)
    .filter(({ cluster }) => cluster.role === 'host')
    .map(({ index }) => ({
      path: ['clusters', index, 'state'],
      got: 'leaving',
      expected: 'a host that stays: the federation engine that drains a cluster runs there',
      fix: 'remove the line; to end the whole federation run destroy.sh',
    }));
}

function primaryOfRemotesIsNotLeaving(subject: Subject): readonly Finding[] {
  const remotesOfPrimary = remotesOf(declaredControlPlanes(subject.declaration));
  return leavingClustersOf(subject).flatMap(({ index, cluster: { name = '' } }) => {
    const remotes = remotesOfPrimary(name).map(({ cluster }) => cluster);
    if (remotes.length === 0) return [];
    return [
      {
        path: ['clusters', index, 'state'],
        got: 'leaving',
        expected: `a cluster without remotes: the proxies of ${remotes.join(', ')} have their configuration from it`,
        fix: 'let its remotes leave first, or give them another primary',
      },
    ];
  });
}

// Other clusters of the network would be reached by nobody once it is gone.
function leavingGatewayIsNotTheLast(subject: Subject): readonly Finding[] {
  const isReached = hasGateway(subject.declaration, declaredControlPlanes(subject.declaration));
  const drafts = clustersOf(subject);
  const staying = drafts.filter(({ cluster }) => cluster.state !== 'leaving');
  const networks = new Set(drafts.flatMap(({ cluster }) => cluster.network ?? []));
  if (networks.size < 2) return [];
  return leavingClustersOf(subject).flatMap(({ index, cluster: { network, gateway } }) => {
    const neighbours = staying.filter(({ cluster }) => cluster.network === network).map(({ cluster }) => cluster);
    const isServed = neighbours.some(isReached);
    if (gateway === 'none' || neighbours.length === 0 || isServed) return [];
    return [
      {
        path: ['clusters', index, 'state'],
        got: 'leaving',
        expected: `another gateway of ${network}: ${neighbours.map(({ name }) => name).join(', ')} would have none`,
        fix: 'give one of them a gateway and apply that first: remove its gateway: none',
      },
    ];
  });
}

/** A cluster that a workload names, and where. */
interface Mention {
  readonly name: string | undefined;
  readonly path: Path;
  readonly isKey: boolean;
}

function mentionsIn(subject: Subject): readonly Mention[] {
  return workloadsOf(subject).flatMap(({ index, workload }) => [
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

// `all` leaves it out by itself; a name would say what is not so.
function leavingClusterHasNoWorkload(subject: Subject): readonly Finding[] {
  const leaving = leavingClustersOf(subject).map(({ cluster }) => cluster.name);
  return mentionsIn(subject)
    .filter(({ name }) => name !== undefined && leaving.includes(name))
    .map(({ name, path, isKey }) => ({
      path,
      got: name,
      expected: 'a cluster that stays: this one has state: leaving, and no workload any more',
      fix: 'remove it here, or the workload if it runs nowhere else',
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
