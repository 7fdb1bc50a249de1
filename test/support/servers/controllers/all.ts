import type { FakeCluster, World } from '../world.ts';
import type { Controller } from './controller.ts';
import { definitionDeletion, definitions, deletion, namespaces } from './deletion.ts';
import { istiod } from './istio.ts';
import { karmada } from './karmada/karmada.ts';
import { kubefed } from './kubefed/kubefed.ts';
import { readClusters, tokens } from './remote-secrets.ts';
import { services } from './services.ts';
import { workloads } from './workloads.ts';

// In the order in which they act. The first ones act in their own cluster only, because of something in it.
const own: Readonly<Record<string, Controller>> = { definitions, namespaces, workloads, services, tokens };
const others: Readonly<Record<string, Controller>> = { istiod, kubefed, karmada };
const last: Readonly<Record<string, Controller>> = { definitionDeletion, deletion };

const mostRounds = 50;

/**
 * Lets all controllers act until nothing changes any more.
 *
 * @param takeChanged gives the contexts of the clusters in which something has changed since it was last asked
 */
export function settle(world: World, takeChanged: () => ReadonlySet<string>): void {
  for (let round = 0; ; round += 1) {
    const changed = takeChanged();
    if (changed.size === 0) return;
    if (round === mostRounds) throw new Error('the controllers of the servers never come to rest');
    const clusters = [...world.clusters.values()];
    const itself = clusters.filter(({ context }) => changed.has(context));
    for (const cluster of itself) act(own, cluster, world);
    for (const cluster of clusters) if (concerns(cluster, changed, world)) act(others, cluster, world);
    for (const cluster of itself) act(last, cluster, world);
  }
}

// An istiod and an engine act because of what is in the clusters that they read.
function concerns(cluster: FakeCluster, changed: ReadonlySet<string>, world: World): boolean {
  const isEngine = cluster.isKarmada || cluster.server.kinds.named('kubefedclusters.core.kubefed.io') !== undefined;
  const isChanged = changed.has(cluster.context);
  return isChanged || isEngine || readClusters(cluster, world).some(({ found }) => changed.has(found?.context ?? ''));
}

function act(controllers: Readonly<Record<string, Controller>>, cluster: FakeCluster, world: World): void {
  for (const [name, controller] of Object.entries(controllers))
    if (!cluster.paused.has(name)) controller(cluster, world);
}
