import type { Cluster, Federation } from '../../model/federation.ts';
import { needsIp } from '../conditions/gateway-address.ts';
import type { PlanSlices } from '../slices.ts';
import type { WaveName } from '../waves.ts';
import { applySteps, type FilesOfWave } from './apply-steps.ts';
import { type Gate, gateOf } from './gate.ts';
import { installationSteps, isInstalled } from './installation-steps.ts';
import type { PreflightStep, RemoteSecretGoneStep, RemoteSecretStep, Step, VerifyStep } from './step.ts';
import { stepBase } from './step-base.ts';

/** The steps of one cluster in one wave. */
export type ClusterSteps = (context: StepContext, place: FilesOfWave<Cluster>) => readonly Step[];

/** The context for planning all steps. */
export interface StepContext {
  readonly federation: Federation;
  readonly slices: PlanSlices;
}

/**
 * THE table of steps: the steps of a cluster in each wave. Commands of installers come before files that are applied.
 */
export const clusterSteps: Readonly<Record<WaveName, ClusterSteps>> = {
  preflight: preflightSteps,
  federationControlPlane: stepsOfFiles,
  foundation: foundationSteps,
  federatedTrust: stepsOfFiles,
  controlPlane: stepsOfFiles,
  gateways: gatewaySteps,
  remote: stepsOfFiles,
  discovery: discoverySteps,
  remoteGateways: gatewaySteps,
  federation: stepsOfFiles,
  workloads: stepsOfFiles,
  traffic: stepsOfFiles,
  verify: verifySteps,
};

function stepsOfFiles({ federation }: StepContext, place: FilesOfWave<Cluster>): readonly Step[] {
  return stepsWith(federation, place, gateOf(federation, place.wave));
}

function stepsWith(federation: Federation, place: FilesOfWave<Cluster>, gate: Gate | null): readonly Step[] {
  const applied = place.files.filter((file) => !isInstalled(file));
  return [...installationSteps(federation, place, gate), ...applySteps(federation, { ...place, files: applied }, gate)];
}

function foundationSteps({ federation, slices }: StepContext, place: FilesOfWave<Cluster>): readonly Step[] {
  return stepsWith(federation, place, slices.trust.isReadyWithNamespace ? gateOf(federation, place.wave) : null);
}

function gatewaySteps({ federation }: StepContext, place: FilesOfWave<Cluster>): readonly Step[] {
  return stepsWith(federation, place, gatewayGate(federation, place));
}

// Other clusters need the address only of a gateway for other networks.
function gatewayGate(federation: Federation, { target, files }: FilesOfWave<Cluster>): Gate | null {
  const { gateway } = target;
  if (gateway !== null)
    return { kind: 'gateway-address-known', expected: gateway.addresses, onlyIp: needsIp(federation, target) };
  return files.some(({ component }) => component.kind === 'gateway') ? { kind: 'rolled-out' } : null;
}

/** Cores and GiB that should be free on the workers of the host: a prerequisite of the tutorial. */
const hostCapacity = { cores: 4, gibibytes: 8 };

function preflightSteps({ federation }: StepContext, { wave, target }: FilesOfWave<Cluster>): readonly PreflightStep[] {
  const { name, istio } = federation;
  const { isHost, isLeaving, rootFingerprint } = target;
  const capacity = isHost ? hostCapacity : null;
  const expected = { kubernetes: istio.kubernetes, isLeaving, rootFingerprint, capacity };
  const gate = gateOf(federation, wave);
  return [{ ...stepBase({ wave, target }), gate, action: 'preflight', federation: name, expected }];
}

function verifySteps({ federation }: StepContext, { wave, target }: FilesOfWave<Cluster>): readonly VerifyStep[] {
  const gate = gateOf(federation, wave);
  return target.isLeaving ? [] : [{ ...stepBase({ wave, target }), gate, action: 'verify' }];
}

// Every primary reads every other cluster of the mesh, even if another primary configures its proxies. It does not read
// a leaving cluster, so that calls go elsewhere before the workloads of that cluster are removed.
function discoverySteps(
  { federation }: StepContext,
  { wave, target }: FilesOfWave<Cluster>,
): readonly (RemoteSecretStep | RemoteSecretGoneStep)[] {
  if (target.controlPlane.kind === 'remote') return [];
  const base = { ...stepBase({ wave, target }), needs: ['istioctl'] } as const;
  const gate = gateOf(federation, wave);
  return federation.clusters
    .filter(({ name }) => name !== target.name)
    .map(({ name, istioCluster, apiServer, isLeaving, controlPlane }) =>
      isLeaving
        ? { ...base, action: 'remote-secret-gone', gate: { kind: 'registry-gone' }, read: { name, istioCluster } }
        : {
            ...base,
            action: 'remote-secret',
            gate,
            undo: 'remote-secret',
            read: { name, istioCluster, apiServer },
            isRemote:
              federation.istio.dialect.name === 'current' &&
              controlPlane.kind === 'remote' &&
              controlPlane.primary === target.name,
          },
    );
}
