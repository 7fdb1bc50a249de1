import type { Cluster, Federation, Target } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import { fileSteps } from './file-steps.ts';
import type { Action, Step } from './step.ts';
import { type Gate, type WaveName, waves } from './waves.ts';

/** Every step, in the order in which they are taken: by wave, then by cluster as declared, the engine's own API last. */
export function planSteps(federation: Federation, files: readonly PlannedFile[]): readonly Step[] {
  const waveNames = Object.keys(waves) as readonly WaveName[];
  const byPlace = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const place = `${file.wave}/${file.cluster}`;
    const here = byPlace.get(place);
    if (here === undefined) byPlace.set(place, [file]);
    else here.push(file);
  }
  return waveNames.flatMap((wave) => [
    ...federation.clusters.flatMap((cluster) => [
      ...fileSteps(federation, cluster, wave, byPlace.get(`${wave}/${cluster.name}`) ?? []),
      ...commandSteps(federation, cluster, wave),
    ]),
    ...apiSteps(federation, wave, (api) => byPlace.has(`${wave}/${api.name}`)),
  ]);
}

// Nothing is installed there and nothing is asked of it but to pass on what it gets.
function apiSteps(
  { name, clusters, engine: { api } }: Federation,
  wave: WaveName,
  hasFiles: (api: Target) => boolean,
): readonly Step[] {
  if (api === null) return [];
  const { directory, gate } = waves[wave];
  const step = { wave, cluster: api, wait: gate, args: [] };
  if (wave === 'preflight') return [{ ...step, action: 'none', path: null, args: [name] }];
  const args = gate === 'propagated' ? clusters.map(({ federationCluster }) => federationCluster) : [];
  return hasFiles(api) ? [{ ...step, action: 'apply', path: `${api.name}/${directory}`, args }] : [];
}

/** Cores and GiB that the workers of the host shall have free: a prerequisite of the tutorial. */
const hostCapacity = ['4', '8'];

function preflightArgs(
  { name, istio }: Federation,
  { isHost, isLeaving, rootFingerprint }: Cluster,
): readonly string[] {
  const state = isLeaving ? 'leaving' : 'active';
  return [name, ...istio.kubernetes, state, rootFingerprint ?? '', ...(isHost ? hostCapacity : [])];
}

function commandSteps(federation: Federation, cluster: Cluster, wave: WaveName): readonly Step[] {
  const step = (action: Action, wait: Gate, args: readonly string[]): Step => ({
    wave,
    cluster,
    action,
    path: null,
    wait,
    args,
  });
  if (wave === 'preflight') return [step('none', waves[wave].gate, preflightArgs(federation, cluster))];
  if (wave === 'verify') return cluster.isLeaving ? [] : [step('none', waves[wave].gate, [])];
  if (wave === 'federatedTrust' && cluster.isHost && federation.cacerts === 'federated-secret')
    return [
      step(
        'federated-cacerts',
        'cacerts-present',
        federation.clusters.map(({ federationCluster }) => federationCluster),
      ),
    ];
  // Every primary reads every other cluster of the mesh, whoever configures that one's proxies; but none that leaves, so
  // that calls go elsewhere before its workloads do.
  if (wave === 'discovery' && cluster.controlPlane.kind === 'primary')
    return federation.clusters
      .filter(({ name }) => name !== cluster.name)
      .map((read) =>
        read.isLeaving
          ? step('remote-secret-gone', 'registry-gone', [read.name, read.istioCluster])
          : step('remote-secret', waves[wave].gate, [read.name, read.istioCluster, read.apiServer ?? '-']),
      );
  return [];
}
