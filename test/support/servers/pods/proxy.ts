import type { StoredObject } from '../api/object.ts';
import { failing, type Said, saying } from '../kubectl/said.ts';
import type { FakeCluster, World } from '../world.ts';
import { endpointsIn, type MeshEndpoint } from './endpoints.ts';

// The calls that proxies have counted, by pod and place.
const counted = new WeakMap<World, Map<string, number>>();

function countsOf(world: World): Map<string, number> {
  const counts = counted.get(world) ?? new Map<string, number>();
  counted.set(world, counts);
  return counts;
}

const keyOf = (cluster: FakeCluster, pod: StoredObject, { host, port, address }: MeshEndpoint): string =>
  `${cluster.context}/${pod.metadata.namespace}/${pod.metadata.name} ${host}:${port} ${address}`;

/** `pilot-agent request GET clusters`: the places that Envoy has, each with the calls that it has counted. */
export function listPlaces(world: World, cluster: FakeCluster, pod: StoredObject): Said {
  const lines = endpointsIn(world, cluster).flatMap((place) => {
    const start = `outbound|${place.port}||${place.host}::`;
    const calls = countsOf(world).get(keyOf(cluster, pod, place)) ?? 0;
    const facts = [`rq_total::${calls}`, `weight::${place.weight}`, 'priority::0', 'health_flags::healthy'];
    return [
      `${start}default_priority::max_connections::4294967295`,
      ...facts.map((fact) => `${start}${place.address}::${fact}`),
    ];
  });
  return saying(lines.map((line) => `${line}\n`).join(''));
}

/** A loop of curl in a pod: so many calls, spread by weight over the places of the Service. */
export function callService(
  world: World,
  { cluster, pod }: { readonly cluster: FakeCluster; readonly pod: StoredObject },
  [calls = '0', url = '']: readonly string[],
): Said {
  const [, host = '', port = '80'] = /^http:\/\/([^/:]+)(?::(\d+))?/.exec(url) ?? [];
  const all = endpointsIn(world, cluster).filter((one) => one.host === host && String(one.port) === port);
  const spread = all.flatMap((place) => Array.from({ length: place.weight }, () => place));
  const counts = countsOf(world);
  for (let call = 0; call < Number(calls); call += 1) {
    const place = spread[call % Math.max(1, spread.length)];
    if (place === undefined) continue;
    const key = keyOf(cluster, pod, place);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return saying(`${spread.length === 0 ? '503' : '200'}\n`.repeat(spread.length === 0 ? 5 : Number(calls)));
}

/** Whether a pod has curl: the client of the tutorial has. */
export function findCurl({ spec }: StoredObject): Said {
  return /curl|sleep/.test(JSON.stringify(spec ?? '')) ? saying('/usr/bin/curl\n') : failing(noSuchProgram);
}

const noSuchProgram = 'command terminated with exit code 127';
