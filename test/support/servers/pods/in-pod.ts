import type { StoredObject } from '../api/object.ts';
import { ownNameOf, runningIstiod } from '../controllers/istio.ts';
import { readClusters } from '../controllers/remote-secrets.ts';
import { failing, type Said, saying } from '../kubectl/said.ts';
import type { FakeCluster, World } from '../world.ts';
import { callService, findCurl, listPlaces } from './proxy.ts';

/** Runs a program in a container of a pod. */
export function inPod(world: World, context: string, pod: unknown, words: readonly string[]): Said {
  const cluster = world.clusters.get(context);
  if (cluster === undefined) return failing(`error: context "${context}" does not exist`);
  const own = pod as StoredObject;
  const labels = own.metadata.labels ?? {};
  const said = words.join(' ');
  if (labels.app === 'istiod' && said.endsWith('/debug/clusterz')) return clusterz(world, cluster);
  if (said.endsWith('command -v curl')) return findCurl(own);
  const isInMesh = labels['security.istio.io/tlsMode'] === 'istio';
  if (isInMesh && said.endsWith('request GET clusters')) return listPlaces(world, cluster, own);
  if (said.includes('curl --silent')) return callService(world, { cluster, pod: own }, words.slice(-2));
  return failing('command terminated with exit code 1');
}

function clusterz(world: World, cluster: FakeCluster): Said {
  const running = runningIstiod(cluster);
  if (running === undefined) return failing('command terminated with exit code 1');
  const read = readClusters(cluster, world).map(({ name, secret, found }) => ({
    id: name,
    secretName: secret,
    syncStatus: found === undefined ? 'timeout' : 'synced',
  }));
  return saying(`${JSON.stringify([{ id: ownNameOf(running), syncStatus: 'synced' }, ...read])}\n`);
}
