import type { Cluster, Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import { type Gate, type WaveName, waves } from './waves.ts';

/** What a script does in a step. The set is closed: docs/output.md says what each takes and does. */
export type Action = 'none' | 'apply' | 'istioctl-install' | 'federated-cacerts' | 'remote-secret';

/** One row of `plan.tsv`. */
export interface Step {
  readonly wave: WaveName;
  readonly cluster: Cluster;
  readonly action: Action;
  /** File or directory relative to `dist/`, or null. */
  readonly path: string | null;
  /** What to wait for after the step, or null. */
  readonly wait: Gate | null;
  readonly args: readonly string[];
}

/** Every step, in the order in which they are taken: by wave, then by cluster as declared. */
export function planSteps(federation: Federation, files: readonly PlannedFile[]): readonly Step[] {
  const waveNames = Object.keys(waves) as readonly WaveName[];
  const byPlace = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const place = `${file.wave}/${file.cluster}`;
    const here = byPlace.get(place);
    if (here === undefined) byPlace.set(place, [file]);
    else here.push(file);
  }
  return waveNames.flatMap((wave) =>
    federation.clusters.flatMap((cluster) => [
      ...fileSteps(federation, cluster, wave, byPlace.get(`${wave}/${cluster.name}`) ?? []),
      ...commandSteps(federation, cluster, wave),
    ]),
  );
}

function fileSteps(
  federation: Federation,
  cluster: Cluster,
  wave: WaveName,
  files: readonly PlannedFile[],
): readonly Step[] {
  const { directory } = waves[wave];
  const installed = files.filter(({ component }) => component.kind === 'istioOperator');
  const applied = files.length > installed.length;
  return [
    ...installed.map(
      ({ name }): Step => ({
        wave,
        cluster,
        action: 'istioctl-install',
        path: `${cluster.name}/${directory}/${name}.yaml`,
        wait: waves[wave].gate,
        args: [federation.istio.version, ...lateAddress(cluster)],
      }),
    ),
    ...(applied
      ? [
          {
            wave,
            cluster,
            action: 'apply',
            path: `${cluster.name}/${directory}`,
            wait: gateOf(federation, wave),
            args: expectedAddress(cluster, wave),
          } as const,
        ]
      : []),
  ];
}

// With a federated Secret the namespaces come first and the Secret only in the next wave.
function gateOf({ cacerts }: Federation, wave: WaveName): Gate | null {
  return wave === 'foundation' && cacerts === 'federated-secret' ? null : waves[wave].gate;
}

// The address that the gateway must turn out to have, for the gate to compare with the live one.
function expectedAddress({ gateway }: Cluster, wave: WaveName): readonly string[] {
  return waves[wave].gate === 'gateway-address-known' && gateway.address !== null ? [gateway.address] : [];
}

/**
 * The value that an IstioOperator lacks because the primary's address was not known at synth:
 * KEY=gateway-address:CLUSTER, to be read from that cluster and passed on as `--set KEY=ADDRESS`.
 */
function lateAddress({ controlPlane }: Cluster): readonly string[] {
  return controlPlane.kind === 'remote' && controlPlane.primaryAddress === null
    ? [`values.global.remotePilotAddress=gateway-address:${controlPlane.primary}`]
    : [];
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
  if (wave === 'preflight' || wave === 'verify') return [step('none', waves[wave].gate, [])];
  if (wave === 'federatedTrust' && cluster.isHost && federation.cacerts === 'federated-secret')
    return [
      step(
        'federated-cacerts',
        'cacerts-present',
        federation.clusters.map(({ federationCluster }) => federationCluster),
      ),
    ];
  if (wave === 'discovery' && cluster.controlPlane.kind === 'primary')
    return remotesOf(federation, cluster).map((remote) =>
      step('remote-secret', waves[wave].gate, [remote.name, remote.istioCluster, remote.apiServer ?? '-']),
    );
  return [];
}

function remotesOf({ clusters }: Federation, primary: Cluster): readonly Cluster[] {
  return clusters.filter(({ controlPlane }) => controlPlane.kind === 'remote' && controlPlane.primary === primary.name);
}
