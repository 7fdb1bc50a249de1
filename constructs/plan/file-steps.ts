import type { Cluster, Federation } from '../model/federation.ts';
import type { Component, PlannedFile } from './component.ts';
import { istioNamespace } from './namespaces.ts';
import type { Step } from './step.ts';
import { type Gate, type WaveName, waves } from './waves.ts';

/** The steps for the files of one cluster in one wave: a command for each file of an installer, then what is applied. */
export function fileSteps(
  federation: Federation,
  cluster: Cluster,
  wave: WaveName,
  files: readonly PlannedFile[],
): readonly Step[] {
  const installed = files.flatMap((file) => installationStep(federation, cluster, file) ?? []);
  return files.length === installed.length ? installed : [...installed, applyStep(federation, cluster, wave, files)];
}

function installationStep(
  { istio: { version, chartRepository } }: Federation,
  cluster: Cluster,
  { wave, name, component }: PlannedFile,
): Step | null {
  const { directory, gate } = waves[wave];
  const common = { wave, cluster, path: `${cluster.name}/${directory}/${name}.yaml`, wait: gate };
  if (component.kind === 'istioOperator') {
    const args = [version, ...lateAddress(cluster, 'values.')];
    return { ...common, action: 'istioctl-install', args };
  }
  if (component.kind === 'helmValues') {
    const { release, chart } = component;
    const isIstiod = chart === 'istiod';
    const args = [release, istioNamespace, chart, version, chartRepository];
    return {
      ...common,
      action: 'helm-upgrade',
      // The base chart has nothing that runs.
      wait: isIstiod ? gate : null,
      args: isIstiod ? [...args, ...lateAddress(cluster, '')] : args,
    };
  }
  return null;
}

/**
 * The value that an installation lacks because the primary's address was not known at synth:
 * KEY=gateway-address:CLUSTER, to be read from that cluster and passed on as `--set KEY=ADDRESS`.
 */
function lateAddress({ controlPlane }: Cluster, prefix: string): readonly string[] {
  return controlPlane.kind === 'remote' && controlPlane.primaryAddress === null
    ? [`${prefix}global.remotePilotAddress=gateway-address:${controlPlane.primary}`]
    : [];
}

function applyStep(federation: Federation, cluster: Cluster, wave: WaveName, files: readonly PlannedFile[]): Step {
  const wait = gateOf(federation, cluster, wave, files);
  return {
    wave,
    cluster,
    action: 'apply',
    path: `${cluster.name}/${waves[wave].directory}`,
    wait,
    args: wait === null ? [] : gateArgs(federation, cluster, wait),
  };
}

/** What the gate of a step is told: the addresses that a gateway must turn out to have, the clusters of an engine. */
function gateArgs({ clusters }: Federation, { gateway }: Cluster, wait: Gate): readonly string[] {
  if (wait === 'gateway-address-known') return gateway?.addresses ?? [];
  return wait === 'propagated' ? clusters.map(({ federationCluster }) => federationCluster) : [];
}

function gateOf(
  { cacerts }: Federation,
  { gateway }: Cluster,
  wave: WaveName,
  files: readonly PlannedFile[],
): Gate | null {
  const { gate } = waves[wave];
  // With a federated Secret the namespaces come first and the Secret only in the next wave.
  if (wave === 'foundation' && cacerts === 'federated-secret') return null;
  if (gate !== 'gateway-address-known' || gateway !== null) return gate;
  const kinds: readonly Component['kind'][] = files.map(({ component }) => component.kind);
  return kinds.includes('gateway') ? 'rolled-out' : null;
}
